package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class BoundedRocksDbTest {

  private static final long BOUND = 32L << 20;

  @TempDir private Path directory;

  @Test
  void shouldBoundAllStoresTogetherWhenMuchIsWritten() throws Exception {
    // Given
    int stores = 16;
    List<RocksDB> open = new ArrayList<>();
    List<Options> options = new ArrayList<>();
    try {
      for (int i = 0; i < stores; i++) {
        Options one = new Options().setCreateIfMissing(true);
        new BoundedRocksDb().setConfig("s" + i, one, bytes(Long.toString(BOUND)));
        options.add(one);
        open.add(RocksDB.open(one, Files.createDirectory(directory.resolve("s" + i)).toString()));
      }

      // When: 7 MiB to each; alone, each would have flushed 4 of them and kept 3, 48 together
      Random random = new Random(1);
      byte[] value = new byte[16 << 10];
      for (int i = 0; i < 448; i++) {
        for (RocksDB db : open) {
          random.nextBytes(value);
          db.put(Integer.toString(i).getBytes(StandardCharsets.UTF_8), value);
        }
      }

      // Then: the bound is soft, what waits for a slow disk comes on top of it
      assertThat(property(open.get(0), "rocksdb.block-cache-capacity")).isEqualTo(BOUND);
      for (RocksDB db : open) {
        awaitFlushed(db);
      }
      long memtables = 0;
      for (RocksDB db : open) {
        memtables += property(db, "rocksdb.cur-size-all-mem-tables");
      }
      assertThat(memtables).isBetween(1L, BOUND);
    } finally {
      open.forEach(RocksDB::close);
      options.forEach(Options::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16MiB", "0", "-1", "16777215", "null"})
  void shouldRefuseWhenTheSizeIsNotOne(String given) {
    // Given
    Map<String, Object> configs = bytes(given.equals("null") ? null : given);

    // When, then
    try (Options options = new Options()) {
      assertThatThrownBy(() -> new BoundedRocksDb().setConfig("s", options, configs))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(BoundedRocksDb.BYTES)
          .hasMessageContaining("at least 16777216");
    }
  }

  private static void awaitFlushed(RocksDB db) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (property(db, "rocksdb.num-immutable-mem-table")
            + property(db, "rocksdb.num-running-flushes")
        > 0) {
      assertThat(System.nanoTime()).as("flushes take too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static long property(RocksDB db, String name) throws RocksDBException {
    return Long.parseLong(db.getProperty(name));
  }

  private static Map<String, Object> bytes(Object value) {
    Map<String, Object> configs = new HashMap<>();
    configs.put(BoundedRocksDb.BYTES, value);
    return configs;
  }
}

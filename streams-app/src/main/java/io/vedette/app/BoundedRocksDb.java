package io.vedette.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process together: blocks, indexes, filters and
 * memtables share one cache. Kafka names it in {@code rocksdb.config.setter}; the size, in bytes,
 * is the property {@value #BYTES}. The bound is soft: blocks that are being read may exceed it.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  /** Bytes for all stores, at least 16 MiB. */
  public static final String BYTES = "vedette.rocksdb.bytes";

  private static final long LEAST = 16L << 20;
  private static final double INDEX_SHARE = 0.1; // of the cache, for indexes and filters
  private static final long LARGEST_MEMTABLE = 8L << 20;

  // One per size: Kafka makes a setter per store, and all stores must share.
  private static final Map<Long, Memory> SHARED = new ConcurrentHashMap<>();

  private record Memory(Cache cache, WriteBufferManager memtables) {

    static Memory of(long bytes) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
      return new Memory(cache, new WriteBufferManager(bytes / 2, cache));
    }
  }

  /** For Kafka Streams. */
  public BoundedRocksDb() {}

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    long bytes = bytes(configs.get(BYTES));
    Memory memory = SHARED.computeIfAbsent(bytes, Memory::of);
    BlockBasedTableConfig table =
        options.tableFormatConfig() instanceof BlockBasedTableConfig given
            ? given
            : new BlockBasedTableConfig();
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.memtables());
    options.setWriteBufferSize(Math.min(LARGEST_MEMTABLE, bytes / 8));
  }

  private static long bytes(@Nullable Object given) {
    try {
      long bytes = Long.parseLong(String.valueOf(given).strip());
      if (bytes >= LEAST) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // falls through to the same message
    }
    throw new ConfigException(BYTES, given, "must be a number of bytes, at least " + LEAST);
  }

  @Override
  public void close(String store, Options options) {
    // The cache belongs to the process, not to this store.
  }
}

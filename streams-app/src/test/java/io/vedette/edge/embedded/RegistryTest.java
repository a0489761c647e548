package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private static final Schema V1 = new Schema.Parser().parse(Schemas.V1);
  private static final Schema V2 = new Schema.Parser().parse(Schemas.V2);

  @Test
  void shouldKnowNothingAndNotReuseIdWhenEntryWasNotStored() {
    // Given: a log that may have stored the entry although it says it failed
    var log = new ListLog();
    var registry = new Registry(log, Set.of());
    log.failing = true;

    // When
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> registry.register("s", V1))
        .matches(e -> e.status() == 500 && e.code() == 50001);

    // Then
    assertThat(registry.subjects()).isEmpty();
    log.failing = false;
    assertThat(registry.register("s", V2).id()).isEqualTo(2);
  }

  @Test
  void shouldKnowTheSameWhenLogIsReplayed() {
    // Given
    var log = new ListLog();
    var first = new Registry(log, Set.of());
    first.register("a", V1);
    first.register("b", V1);
    first.register("a", V2);
    first.setLevel("a", CompatibilityLevel.FULL);
    first.setLevel(null, CompatibilityLevel.NONE);

    // When
    var second = new Registry(log, Set.of());

    // Then
    assertThat(second.subjects()).containsExactly("a", "b");
    assertThat(second.version("a", 0)).isEqualTo(first.version("a", 0));
    assertThat(second.version("b", 1).id()).isEqualTo(1);
    assertThat(second.ownLevel("a")).isEqualTo(CompatibilityLevel.FULL);
    assertThat(second.globalLevel()).isEqualTo(CompatibilityLevel.NONE);
    assertThat(log.entries).hasSize(5);
  }

  @Test
  void shouldWriteOneEntryWhenManyRegisterTheSameSchemaAtOnce() throws Exception {
    // Given
    var log = new ListLog();
    var registry = new Registry(log, Set.of());
    var tasks = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 64; i++) {
      tasks.add(() -> registry.register("s", V1).id());
    }
    var threads = Executors.newFixedThreadPool(8);
    try {
      // When
      var ids = threads.invokeAll(tasks, 30, TimeUnit.SECONDS);

      // Then
      for (var id : ids) {
        assertThat(id.get()).isEqualTo(1);
      }
      assertThat(log.entries).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldRefuseNewButAnswerKnownWhenFull() {
    // Given
    var registry = new Registry(SchemaLog.none(), Set.of());
    for (int i = 0; i < Registry.MAX_SUBJECTS; i++) {
      registry.register("s" + i, fixed(i));
    }

    // When
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> registry.register("one-more", V1))
        .withMessageContaining("full");

    // Then
    assertThat(registry.register("s7", fixed(7)).version()).isEqualTo(1);
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> registry.register("one-more", fixed(7)))
        .withMessageContaining("subjects");
  }

  @Test
  void shouldIgnoreLevelInLogWhenSubjectIsProtected() {
    // Given
    var log = new ListLog();
    new Registry(log, Set.of()).setLevel("s", CompatibilityLevel.NONE);

    // When
    var registry = new Registry(log, Set.of("s"));

    // Then
    assertThat(registry.level("s")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
  }

  private static Schema fixed(int number) {
    return Schema.createFixed("F" + number, null, null, 1);
  }

  /** A log in memory that can refuse to keep. */
  private static final class ListLog implements SchemaLog {
    final List<SchemaEntry> entries = new ArrayList<>();
    boolean failing;

    @Override
    public void replay(Consumer<SchemaEntry> reader) {
      entries.forEach(reader);
    }

    @Override
    public void append(SchemaEntry entry) {
      if (failing) {
        throw RegistryException.notStored();
      }
      entries.add(entry);
    }

    @Override
    public void close() {}
  }
}

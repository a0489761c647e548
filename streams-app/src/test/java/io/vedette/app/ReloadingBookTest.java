package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.correlate.Book;
import io.vedette.correlate.Page;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadingBookTest {

  private static final long TIME = 1_772_355_600_000_000L;

  @Test
  void shouldOpenByTheNewThresholdFromTheNextFindingOnWhenItHasChanged() throws Exception {
    // Given: one false alarm in a million caller-days, for which the evidence is too weak
    Settings strict = settings("1e-6");
    LiveSettings live = new LiveSettings(strict);
    ReloadingBook book = (ReloadingBook) new Wiring(live).engines().create(model -> null).book();
    Map<String, Page> pages = new HashMap<>();
    List<Incident> out = new ArrayList<>();
    book.observe(finding(TIME), key -> page(pages, book, key), out::add);
    assertThat(out).isEmpty();

    // When
    live.take(settings("1e-4"));

    // Then
    assertThat(out).as("a change alone opens nothing").isEmpty();
    book.observe(finding(TIME + 1_000_000), key -> page(pages, book, key), out::add);
    assertThat(out).extracting(Incident::activity).containsExactly(Incident.Activity.CREATE);
  }

  @Test
  void shouldHandOnEveryCallWhenTheBookHasSoMany() {
    for (Method method : Book.class.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        assertThat(
                Arrays.stream(ReloadingBook.class.getDeclaredMethods())
                    .filter(own -> !own.isSynthetic() && own.getName().equals(method.getName()))
                    .filter(own -> own.getParameterCount() == method.getParameterCount()))
            .as("%s is handed on to the book in force", method)
            .hasSize(1);
      }
    }
  }

  private static Page page(Map<String, Page> pages, Book<Page> book, String key) {
    return pages.computeIfAbsent(key, k -> book.create());
  }

  private static Settings settings(String falseAlarms) throws SettingsException {
    return SettingsLoader.load(
        null, Map.of("VEDETTE_ALERTING_FALSEALARMSPERCALLERDAY", falseAlarms));
  }

  private static Finding finding(long time) {
    return new Finding(
        "extraction",
        Scope.CALLER,
        "acme|mallory",
        "acme",
        "mallory",
        List.of("mallory"),
        new ModelRef("loan", "1", null),
        time,
        time,
        0.5,
        5.5,
        100,
        Maturity.STABLE,
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(),
        "samples the model",
        Map.of());
  }
}

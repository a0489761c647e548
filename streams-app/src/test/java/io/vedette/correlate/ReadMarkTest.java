package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings that are read again, after a crash between what was written and what was committed. */
class ReadMarkTest {

  private static final long SECOND = 1_000_000L;

  private final ReadMark mark = new ReadMark();

  private static Origin at(int partition, long offset) {
    return new Origin("findings", partition, offset);
  }

  @Test
  void shouldKnowAFindingWhenItIsReadAgain() {
    assertThat(mark.isBehind(at(0, 7), 5)).isFalse();
    assertThat(mark.isBehind(at(0, 9), 4)).isFalse();
    assertThat(mark.isBehind(at(0, 7), 5)).isTrue();
    assertThat(mark.isBehind(at(0, 9), 4)).isTrue();
    assertThat(mark.isBehind(at(0, 10), 4)).isFalse();
  }

  @Test
  void shouldTakeItInWhenItsPlaceIsUnknownOrOfAnotherPartition() {
    assertThat(mark.isBehind(at(0, 7), 5)).isFalse();
    assertThat(mark.isBehind(null, 5)).isFalse();
    assertThat(mark.isBehind(at(1, 3), 5)).isFalse();
    assertThat(mark.isBehind(at(1, 3), 5)).isTrue();
  }

  @Test
  void shouldGoOnWhenTheTopicWasMadeAnew() {
    // Given
    assertThat(mark.isBehind(at(0, 1_000), 5)).isFalse();

    // When / Then: offsets begin again, time does not
    assertThat(mark.isBehind(at(0, 0), 6)).isFalse();
    assertThat(mark.isBehind(at(0, 1), 7)).isFalse();
  }

  @Test
  void shouldCountEachFindingOnceWhenThousandsAreReadAgain() {
    // Given
    List<Incident> out = new ArrayList<>();
    IncidentBook book = new IncidentBook(Alerting.defaults(), 2);
    Page eve = new Page();
    Page[] pages = {eve};
    Cases<Page> cases = key -> key.startsWith("caller|") ? pages[0] : new Page();

    // When: the state is ahead of what is read, and was written in between
    for (int from : List.of(0, 500, 0)) {
      pages[0] = Findings.reread(pages[0]);
      for (int i = from; i < 3_000; i++) {
        Finding finding = Findings.caller("extraction", "eve", MINUTE + i * SECOND, 6 + i / 10.0);
        book.observe(finding, at(0, i), cases, out::add);
      }
    }
    book.tick("caller|acme|eve|loan", cases, 30 * Findings.DAY, out::add);

    // Then
    Incident last = out.get(out.size() - 1);
    assertThat(last.activity()).isEqualTo(Incident.Activity.CLOSE);
    assertThat(last.details().findings()).isEqualTo(3_000);
    assertThat(out.stream().map(Incident::sequence)).doesNotHaveDuplicates();
  }

  @Test
  void shouldStayClosedWhenWhatWasBeforeTheClosingIsReadAgain() {
    // Given
    List<Incident> out = new ArrayList<>();
    IncidentBook book = new IncidentBook(Alerting.defaults(), 2);
    Page page = new Page();
    Cases<Page> cases = key -> key.startsWith("caller|") ? page : new Page();
    Finding finding = Findings.caller("extraction", "eve", MINUTE, 9);
    book.observe(finding, at(0, 1), cases, out::add);
    book.tick("caller|acme|eve|loan", cases, Findings.DAY, out::add);

    // When
    book.observe(finding, at(0, 1), cases, out::add);

    // Then
    assertThat(out)
        .extracting(Incident::activity)
        .containsExactly(Incident.Activity.CREATE, Incident.Activity.CLOSE);
  }
}

package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

  @Test
  void shouldAverageTheDetectorsWhenTwoReport() {
    // Given
    Ledger ledger = new Ledger();

    // When
    ledger.add(Findings.caller("extraction", "eve", 10, 6));
    ledger.add(Findings.caller("evasion", "eve", 20, 4));

    // Then (10^6 + 10^4) / 2
    assertThat(ledger.caller(2)).isCloseTo(Math.log10(505_000), within(1e-9));
  }

  @Test
  void shouldWeighByKindsOfAttackWhenFourDetectorsShare() {
    // Given
    Ledger ledger = new Ledger();

    // When
    ledger.add(Findings.caller("evasion", "eve", 10, 6));
    ledger.add(Findings.caller("membership", "eve", 20, 6));

    // Then (3 10^6 + 10^6) / 8
    assertThat(ledger.caller(4)).isCloseTo(Math.log10(500_000), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9})
  void shouldWeighOneAtMostWhenAllDetectorsAreTogether(int detectors) {
    // Given
    List<String> ids =
        List.of("extraction", "evasion", "inversion", "membership", "a", "b", "c", "d", "e");

    // When
    double sum = ids.stream().limit(detectors).mapToDouble(id -> Prior.weight(id, detectors)).sum();

    // Then
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldCountASilentDetectorAsNothingWhenOneReports() {
    // Given
    Ledger ledger = new Ledger();

    // When
    ledger.add(Findings.caller("extraction", "eve", 10, 6));

    // Then
    assertThat(ledger.caller(2)).isCloseTo(6 - Math.log10(2), within(1e-9));
  }

  @Test
  void shouldKeepTheHighestWhenASourceReportsAgain() {
    // Given
    Ledger ledger = new Ledger();
    ledger.add(Findings.caller("extraction", "eve", 10, 6));

    // When
    ledger.add(Findings.caller("extraction", "eve", 20, 3));

    // Then
    assertThat(ledger.caller(1)).isCloseTo(6, within(1e-9));
  }

  @Test
  void shouldKeepCellsApartWhenCallersReportToo() {
    // Given
    Ledger ledger = new Ledger();

    // When
    ledger.add(Findings.cell("a", List.of("eve"), 10, 9));
    ledger.add(Findings.cell("b", List.of("eve"), 10, 7));

    // Then
    assertThat(ledger.other()).isEqualTo(9);
    assertThat(ledger.caller(2)).isLessThan(-200);
  }

  @Test
  void shouldStartAgainWhenADayIsOver() {
    // Given
    Ledger ledger = new Ledger();
    ledger.add(Findings.caller("extraction", "eve", DAY - 1, 9));
    ledger.add(Findings.cell("a", List.of("eve"), DAY - 1, 9));

    // When
    boolean counted = ledger.add(Findings.caller("evasion", "eve", DAY, 3));

    // Then
    assertThat(counted).isTrue();
    assertThat(ledger.caller(1)).isCloseTo(3, within(1e-9));
    assertThat(ledger.other()).isZero();
  }

  @Test
  void shouldRefuseAFindingWhenItsDayIsOver() {
    // Given
    Ledger ledger = new Ledger();
    ledger.add(Findings.caller("extraction", "eve", DAY, 3));

    // When
    boolean counted = ledger.add(Findings.caller("extraction", "eve", DAY - 1, 50));

    // Then
    assertThat(counted).isFalse();
    assertThat(ledger.caller(1)).isCloseTo(3, within(1e-9));
  }

  @Test
  void shouldTakeCertaintyForAFiniteNumberWhenACheckIsDeterministic() {
    // Given
    Ledger ledger = new Ledger();

    // When
    ledger.add(Findings.caller("access", "eve", 10, Double.POSITIVE_INFINITY));

    // Then
    assertThat(ledger.caller(3)).isBetween(299.0, 300.0);
  }

  @Test
  void shouldStayBoundedWhenOneSubjectFillsManyCells() {
    // Given
    Ledger ledger = new Ledger();

    // When
    for (int c = 0; c < 10_000; c++) {
      ledger.add(Findings.cell(Integer.toHexString(c), List.of("eve"), 10, 3));
    }

    // Then
    assertThat(ledger.bytes()).isLessThan(9_000);
  }

  @Test
  void shouldKeepACellThatCountsWhenManyMembersAreLouder() {
    // Given a campaign's
    Ledger ledger = new Ledger();
    ledger.add(Findings.cell("a", List.of("eve", "bob"), 10, 10));

    // When
    for (int i = 0; i < 200; i++) {
      ledger.add(Findings.caller("extraction", "p" + i, 10, 20), true);
    }

    // Then
    assertThat(ledger.most(Scope.CELL)).isEqualTo(10);
    assertThat(ledger.bytes()).isLessThan(12_000);
  }

  @Test
  void shouldReadWhatItWroteWhenItHoldsBothScopes() throws IOException {
    // Given
    Ledger ledger = new Ledger();
    ledger.add(Findings.caller("extraction", "eve", DAY, 5));
    ledger.add(Findings.cell("a", List.of("eve"), DAY, 9));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    // When
    ledger.write(new DataOutputStream(bytes));
    Ledger read = Ledger.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    assertThat(read.caller(2)).isEqualTo(ledger.caller(2));
    assertThat(read.other()).isEqualTo(ledger.other());
    assertThat(read.add(Findings.caller("extraction", "eve", DAY - 1, 50))).isFalse();
  }
}

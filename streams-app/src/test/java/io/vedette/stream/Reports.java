package io.vedette.stream;

import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Fixtures.T0;

import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings and verdicts, as tests of incidents need them. */
final class Reports {

  private static final long MINUTE = 60 * SECOND;

  private Reports() {}

  /** Ana's, two minutes in. */
  static Verdict verdict(
      String id, Verdict.Kind kind, Verdict.@Nullable Reach scope, @Nullable Long until) {
    return new Verdict(id, kind, "ana", "because", T0 + 2 * MINUTE, scope, until);
  }

  /** Of extraction on the model credit. */
  static Finding caller(String principal, int minute, double log10) {
    return finding(Scope.CALLER, principal, List.of(principal), minute, log10);
  }

  /** Of evasion. */
  static Finding cell(List<String> members, int minute) {
    return finding(Scope.CELL, null, members, minute, 12);
  }

  static Finding finding(
      Scope scope, @Nullable String principal, List<String> members, int minute, double log10) {
    return finding("credit", scope, principal, members, minute, log10);
  }

  static Finding finding(
      String model,
      Scope scope,
      @Nullable String principal,
      List<String> members,
      int minute,
      double log10) {
    return new Finding(
        scope == Scope.CALLER ? "extraction" : "evasion",
        scope,
        scope == Scope.CALLER ? "acme|" + principal : "cell:1",
        "acme",
        principal,
        members,
        new ModelRef(model, "1", null),
        T0 + minute * MINUTE,
        T0,
        1,
        log10,
        1,
        Maturity.STABLE,
        Severity.HIGH,
        List.of(),
        List.of(),
        List.of(),
        "at minute " + minute,
        Map.of());
  }
}

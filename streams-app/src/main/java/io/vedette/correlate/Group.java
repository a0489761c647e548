package io.vedette.correlate;

import io.vedette.core.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a finding adds to a case.
 *
 * @param names whom the case may name, the most important first; 50 of them are kept
 * @param size how many accounts the case is about as far as is known beside its names
 */
record Group(List<String> names, int size) {

  /** Those that the finding itself names. */
  static Group of(Finding finding) {
    List<String> names = new ArrayList<>(finding.principals());
    if (finding.principal() != null) {
      names.add(finding.principal());
    }
    return new Group(names, 0);
  }
}

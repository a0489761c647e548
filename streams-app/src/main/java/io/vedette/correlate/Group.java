package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a finding brings to a case beside its evidence.
 *
 * @param names whom the case may name, the most important first; 50 of them are kept
 * @param size number of accounts that are known to belong to the case, also those that are not
 *     named; 0 when no more are known than are named
 * @param joining asked once when the incident of the case is open: the cases whose open incidents
 *     become a part of it
 * @param at where the finding was read, null when that is not known
 */
record Group(List<String> names, int size, Supplier<List<Case>> joining, @Nullable Origin at) {

  /** The accounts that the finding itself names. */
  static Group of(Finding finding, @Nullable Origin at) {
    List<String> names = new ArrayList<>(finding.principals());
    if (finding.principal() != null) {
      names.add(finding.principal());
    }
    return new Group(names, 0, List::of, at);
  }
}

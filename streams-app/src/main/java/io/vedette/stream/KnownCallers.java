package io.vedette.stream;

import io.vedette.core.CallerId;
import org.jspecify.annotations.Nullable;

/**
 * One object per caller that comes again and again: states that name callers share it. Bounded:
 * 16,384 slots chosen by hash, the last comer wins a slot. Threads may share it: a race over a slot
 * loses an entry, never mixes two.
 */
final class KnownCallers {

  private static final int SLOTS = 1 << 14;

  private final @Nullable CallerId[] slots = new CallerId[SLOTS];

  CallerId of(String tenant, String principal) {
    int hash = 31 * tenant.hashCode() + principal.hashCode();
    int slot = (hash ^ hash >>> 14) & (SLOTS - 1);
    CallerId known = slots[slot];
    if (known != null && known.principal().equals(principal) && known.tenant().equals(tenant)) {
      return known;
    }
    var caller = new CallerId(tenant, principal);
    slots[slot] = caller;
    return caller;
  }
}

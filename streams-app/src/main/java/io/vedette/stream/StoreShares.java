package io.vedette.stream;

import io.vedette.state.LiveStoreOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The live stores of the topology and what each may take of the one budget, so that all of them
 * together keep it. Callers are the most numerous; models are few, but large while they learn.
 */
final class StoreShares {

  private static final Map<String, Integer> SHARES = shares();
  private static final int WHOLE = SHARES.values().stream().mapToInt(Integer::intValue).sum();

  private StoreShares() {}

  private static Map<String, Integer> shares() {
    Map<String, Integer> shares = new LinkedHashMap<>();
    shares.put(PairingStage.STORE, 6);
    shares.put(CallerStage.STORE, 16);
    shares.put(CellStage.STORE, 11);
    shares.put(ModelStage.STORE, 10);
    shares.put(CorrelateStage.STORE, 4);
    shares.put(ChainStage.STORE, 1);
    return shares;
  }

  /**
   * The options of each store by name, in an order that never changes.
   *
   * @param all with the budget of all; a replay's is one of each, because its states have no other
   *     home
   */
  static Map<String, LiveStoreOptions> of(LiveStoreOptions all) {
    Map<String, LiveStoreOptions> options = new LinkedHashMap<>();
    SHARES.forEach(
        (name, share) -> {
          long bytes =
              all.ephemeral() ? all.liveBytes() : Math.max(1, all.liveBytes() / WHOLE * share);
          LiveStoreOptions own = all.withBytes(bytes);
          // A cell's ledger is renewed every day: one that is idle for a day has nothing to keep.
          options.put(name, name.equals(CellStage.STORE) ? own.withIdle(Duration.ofDays(1)) : own);
        });
    return options;
  }
}

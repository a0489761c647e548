package io.vedette.stream;

import io.vedette.core.Action;
import io.vedette.correlate.ResponsePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The last advice on each account, fed from the actions topic and read by all tasks: incidents
 * about an account on several models belong to several tasks, but an account has one piece of
 * advice. What this process advises is known at once, what others advise when it is read.
 * Thread-safe.
 */
final class AdviceTable implements ResponsePolicy.Known {

  static final String STORE = "actions-table";
  private static final int MOST = 100_000; // accounts; the ones advised first are forgotten first

  private final Map<String, Action> byAccount = new LinkedHashMap<>();
  private final Map<String, Set<String>> byIncident = new HashMap<>(); // accounts

  @Override
  public synchronized @Nullable Action find(String account) {
    return byAccount.get(account);
  }

  @Override
  public synchronized List<Action> advisedBy(Set<String> incidentIds) {
    List<Action> advised = new ArrayList<>();
    for (String id : incidentIds) {
      for (String account : byIncident.getOrDefault(id, Set.of())) {
        advised.add(Stages.ready(byAccount.get(account)));
      }
    }
    return advised;
  }

  /**
   * Takes advice in, null to lift it; older advice than is known changes nothing.
   *
   * @return the account that was forgotten for it, null for none
   */
  synchronized @Nullable String put(String account, @Nullable Action action) {
    if (action == null) {
      remove(account);
      return null;
    }
    Action known = byAccount.get(account);
    if (known != null && known.issuedAtMicros() > action.issuedAtMicros()) {
      return null;
    }
    remove(account);
    byAccount.put(account, action);
    byIncident.computeIfAbsent(action.incidentId(), id -> new LinkedHashSet<>()).add(account);
    if (byAccount.size() <= MOST) {
      return null;
    }
    Iterator<String> first = byAccount.keySet().iterator();
    String forgotten = first.next();
    remove(forgotten);
    return forgotten;
  }

  private void remove(String account) {
    Action known = byAccount.remove(account);
    Set<String> accounts = known == null ? null : byIncident.get(known.incidentId());
    if (known != null && accounts != null && accounts.remove(account) && accounts.isEmpty()) {
      byIncident.remove(known.incidentId());
    }
  }

  /** Keeps table and global store in step; a start reads the topic through it. */
  static final class Feeder implements Processor<String, Action, Void, Void> {

    private final AdviceTable table;
    private @Nullable KeyValueStore<String, Action> store;

    Feeder(AdviceTable table) {
      this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Action> record) {
      if (record.key() == null) {
        return;
      }
      Stages.ready(store).put(record.key(), record.value());
      String forgotten = table.put(record.key(), record.value());
      if (forgotten != null) {
        Stages.ready(store).delete(forgotten);
      }
    }
  }
}

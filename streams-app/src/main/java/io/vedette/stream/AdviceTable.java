package io.vedette.stream;

import io.vedette.core.Action;
import io.vedette.correlate.ResponsePolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The last advice on each account, fed from the actions topic and read by all tasks: incidents
 * about an account on several models belong to several tasks, but an account has one piece of
 * advice. What this process advises is known at once, what others advise when it is read.
 * Thread-safe.
 */
final class AdviceTable implements ResponsePolicy.Known {

  /*
   * What this process says comes back over the topic when it may have said more. No time tells which
   * is newer: tasks differ in stream time, a verdict comes at the time of the wall clock, and a
   * broker may put its own time on a record. So each record is marked with who said it and a number.
   * While the last word of this process on an account is on its way, its own earlier ones are not
   * heard. All else is taken in the order of the topic, in which gateways read it as well.
   *
   * A lift is remembered until it has come back, and told again when it is asked for: a crash may
   * have kept it from the topic.
   */

  static final String STORE = "actions-table";
  static final String MARK = "vedette-word";
  private static final int MOST = 100_000; // accounts; the ones advised first are forgotten first

  /**
   * What is known of an account.
   *
   * @param action the last advice
   * @param lifted whether it was lifted
   * @param awaited mark of this process's last word, null once it has come back
   */
  private record Entry(Action action, boolean lifted, @Nullable String awaited) {}

  private final String own; // begins the marks of this process
  private final Map<String, Entry> byAccount = new LinkedHashMap<>();
  private final Map<String, Set<String>> byIncident = new HashMap<>(); // accounts
  private long words;

  /**
   * A table.
   *
   * @param process a name that no other process has, nor this one after a restart
   */
  AdviceTable(String process) {
    own = process + ':';
  }

  @Override
  public synchronized @Nullable Action find(String account) {
    Entry known = byAccount.get(account);
    return known == null || known.lifted ? null : known.action;
  }

  @Override
  public synchronized List<Action> advisedBy(Set<String> incidentIds) {
    List<Action> advised = new ArrayList<>();
    for (String id : incidentIds) {
      for (String account : byIncident.getOrDefault(id, Set.of())) {
        Entry known = byAccount.get(account);
        if (known != null) {
          advised.add(known.action);
        }
      }
    }
    return advised;
  }

  /** Accounts that are known. */
  synchronized int size() {
    return byAccount.size();
  }

  /**
   * Notes what this process says, and marks it.
   *
   * @param action null to lift what was advised
   * @param headers of the record that goes out
   */
  synchronized void say(String account, @Nullable Action action, Headers headers) {
    String mark = own + ++words;
    headers.add(MARK, mark.getBytes(StandardCharsets.UTF_8));
    note(account, action, mark);
  }

  /** Takes in what was read, by whomever; null lifts. */
  synchronized void read(String account, @Nullable Action action, Headers headers) {
    Header header = headers.lastHeader(MARK);
    String mark =
        header == null || header.value() == null
            ? ""
            : new String(header.value(), StandardCharsets.UTF_8);
    Entry known = byAccount.get(account);
    String awaited = known == null || mark.equals(known.awaited) ? null : known.awaited;
    if (awaited == null || !mark.startsWith(own)) {
      note(account, action, awaited);
    }
  }

  private void note(String account, @Nullable Action action, @Nullable String awaited) {
    Entry known = forget(account);
    if (action != null) {
      keep(account, new Entry(action, false, awaited));
    } else if (known != null && awaited != null) {
      keep(account, new Entry(known.action, true, awaited));
    }
  }

  private void keep(String account, Entry entry) {
    byAccount.put(account, entry);
    byIncident.computeIfAbsent(entry.action.incidentId(), id -> new LinkedHashSet<>()).add(account);
    if (byAccount.size() > MOST) {
      forget(byAccount.keySet().iterator().next());
    }
  }

  private @Nullable Entry forget(String account) {
    Entry known = byAccount.remove(account);
    if (known != null) {
      String incident = known.action.incidentId();
      Set<String> accounts = byIncident.get(incident);
      if (accounts != null && accounts.remove(account) && accounts.isEmpty()) {
        byIncident.remove(incident);
      }
    }
    return known;
  }

  /**
   * Feeds the table; a start reads the whole topic through it. The store that Kafka wants of it
   * stays empty, for nobody reads it.
   */
  static final class Feeder implements Processor<String, Action, Void, Void> {

    private final AdviceTable table;

    Feeder(AdviceTable table) {
      this.table = table;
    }

    @Override
    public void process(Record<String, Action> record) {
      if (record.key() != null) {
        table.read(record.key(), record.value(), record.headers());
      }
    }
  }
}

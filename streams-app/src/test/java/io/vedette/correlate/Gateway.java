package io.vedette.correlate;

import io.vedette.core.Action;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a gateway has been told. */
final class Gateway implements ResponsePolicy.Known {
  final Map<String, Action> told = new TreeMap<>();

  @Override
  public @Nullable Action find(String key) {
    return told.get(key);
  }

  @Override
  public List<Action> advisedBy(Set<String> incidentIds) {
    return told.values().stream().filter(a -> incidentIds.contains(a.incidentId())).toList();
  }

  void take(ResponsePolicy.Advised advised) {
    Action action = advised.action();
    if (action == null) {
      told.remove(advised.key());
    } else {
      told.put(advised.key(), action);
    }
  }
}

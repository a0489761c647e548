package io.vedette.edge.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vedette.core.CallerId;
import io.vedette.core.Finding;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What findings say about callers: models that they are about, and evidence per detector over time.
 * Bounded in callers, models and detectors of each (about 25 KiB for a caller at worst, 1 KiB
 * usually). Thread-safe.
 */
public final class Dossiers implements Consumer<Finding> {

  private static final int MODELS = 32;
  private static final int DETECTORS = 16;
  private static final int LONGEST = 256; // characters of a name that is kept

  private final Cache<CallerId, Dossier> callers;

  /**
   * A caller. Immutable.
   *
   * @param models last finding by {@code name version}, the latest last
   * @param trails evidence by detector
   */
  record Dossier(Map<String, Long> models, Map<String, Trail> trails) {}

  /** Keeps a number of callers. */
  public Dossiers(int callers) {
    this.callers = Caffeine.newBuilder().maximumSize(callers).build();
  }

  @Override
  public void accept(Finding finding) {
    if (finding.principal() != null) {
      add(new CallerId(finding.tenant(), finding.principal()), finding);
    }
    for (String principal : finding.principals()) {
      if (!principal.equals(finding.principal())) {
        add(new CallerId(finding.tenant(), principal), finding);
      }
    }
  }

  /** What is known of a caller, null when nothing is. */
  @Nullable Dossier find(CallerId caller) {
    return callers.getIfPresent(caller);
  }

  private void add(CallerId caller, Finding finding) {
    if (caller.tenant().length() <= LONGEST && caller.principal().length() <= LONGEST) {
      callers.asMap().compute(caller, (key, known) -> with(known, finding));
    }
  }

  private static Dossier with(@Nullable Dossier known, Finding finding) {
    Map<String, Long> models = known == null ? new LinkedHashMap<>() : copy(known.models());
    String model = finding.model().name() + ' ' + finding.model().version();
    if (model.length() <= LONGEST) {
      models.remove(model);
      models.put(model, finding.timeMicros());
      if (models.size() > MODELS) {
        Iterator<String> eldest = models.keySet().iterator();
        eldest.next();
        eldest.remove();
      }
    }
    Map<String, Trail> trails = known == null ? new TreeMap<>() : new TreeMap<>(known.trails());
    Trail.Point point =
        new Trail.Point(finding.timeMicros(), finding.logEvidence(), finding.score());
    Trail trail = trails.get(finding.detector());
    if (trail != null || trails.size() < DETECTORS) {
      trails.put(finding.detector(), trail == null ? Trail.of(point) : trail.plus(point));
    }
    return new Dossier(models, trails);
  }

  private static Map<String, Long> copy(Map<String, Long> models) {
    return new LinkedHashMap<>(models);
  }
}

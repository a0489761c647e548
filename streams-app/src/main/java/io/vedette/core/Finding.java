package io.vedette.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One detector's report about one subject.
 *
 * @param detector detector id
 * @param scope kind of subject
 * @param subject key of the subject: {@code tenant|principal} for callers, {@code cell:<hex>} for
 *     cells, {@code model:<name>} for models
 * @param tenant tenant, empty for models shared by tenants
 * @param principal the caller, null for cells and models
 * @param principals members when the subject is a group, at most 50
 * @param model model name and version
 * @param timeMicros stream time of the exchange that caused it
 * @param firstSeenMicros first exchange that counts towards it
 * @param score 0..1, for ranking only
 * @param logEvidence log10 of the e-value; positive infinity for deterministic checks
 * @param exchanges exchanges of the subject seen so far
 * @param maturity of the detector
 * @param severity of the detector
 * @param techniques ATLAS techniques
 * @param evidence at most 8 measurements, most telling first
 * @param samples at most 5 exemplars
 * @param summary one sentence, no payload text
 * @param attributes further facts, no payload text
 */
public record Finding(
    String detector,
    Scope scope,
    String subject,
    String tenant,
    @Nullable String principal,
    List<String> principals,
    ModelRef model,
    long timeMicros,
    long firstSeenMicros,
    double score,
    double logEvidence,
    long exchanges,
    Maturity maturity,
    Severity severity,
    List<Technique> techniques,
    List<Measurement> evidence,
    List<Sample> samples,
    String summary,
    Map<String, String> attributes) {

  /** Attribute that names the verdict whose exception the finding falls under. */
  public static final String EXCEPTION = "exception";

  /** Attribute of findings of a detector in shadow: they open no incident. */
  public static final String SHADOW = "shadow";

  /** Attribute of findings that show that an attack reached what it was after: what it reached. */
  public static final String SUCCESS = "success";

  /** Attribute of findings on a model whose policy calls it critical. */
  public static final String CRITICAL_MODEL = "critical-model";

  /** The same finding with one attribute more. */
  public Finding with(String name, String value) {
    Map<String, String> more = new TreeMap<>(attributes);
    more.put(name, value);
    return with(maturity, more);
  }

  /** The same finding of a detector that is as far as {@code other}. */
  public Finding with(Maturity other) {
    return with(other, attributes);
  }

  private Finding with(Maturity newMaturity, Map<String, String> newAttributes) {
    return new Finding(
        detector,
        scope,
        subject,
        tenant,
        principal,
        principals,
        model,
        timeMicros,
        firstSeenMicros,
        score,
        logEvidence,
        exchanges,
        newMaturity,
        severity,
        techniques,
        evidence,
        samples,
        summary,
        newAttributes);
  }
}

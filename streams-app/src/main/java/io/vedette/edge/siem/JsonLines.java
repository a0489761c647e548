package io.vedette.edge.siem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Measurement;
import io.vedette.core.Sample;
import io.vedette.core.Technique;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes incidents, findings, dead letters and the summary of a replay as CONTRACT says: one line
 * without its end, fields always in the same order, equal input giving equal bytes. Thread-safe.
 */
public final class JsonLines {

  private static final MathContext DIGITS = new MathContext(9); // enough to compare, few to read
  private static final double CERTAIN = 999; // stands for infinite evidence, which JSON has not
  private static final long LARGEST_WHOLE = 1L << 53;

  private final JsonFactory factory = new JsonFactory();

  /** One activity of an incident. */
  public String incident(Incident incident) {
    return line(
        json -> {
          json.writeStringField("incidentId", incident.incidentId());
          json.writeStringField("activity", incident.activity().name());
          time(json, "time", incident.timeMicros());
          time(json, "openedAt", incident.openedAtMicros());
          time(json, "firstSeen", incident.firstSeenMicros());
          time(json, "lastSeen", incident.lastSeenMicros());
          json.writeStringField("tenant", incident.tenant());
          texts(json, "principals", incident.principals());
          json.writeStringField("model", incident.model());
          texts(json, "detectors", incident.detectors());
          techniques(json, incident.techniques());
          json.writeStringField("severity", incident.severity().name());
          number(json, "confidence", incident.confidence());
          number(json, "riskScore", incident.riskScore());
          number(json, "logEvidence", evidence(incident.logEvidence()));
          json.writeNumberField("exchanges", incident.exchanges());
          json.writeStringField("title", incident.title());
          json.writeStringField("summary", incident.summary());
          measurements(json, incident.evidence());
          samples(json, incident.samples());
          if (incident.closeReason() != null) {
            json.writeStringField("closeReason", incident.closeReason());
          }
          details(json, incident.details());
        });
  }

  /** What was added to the first fields; an incident of an older version has none of it. */
  private static void details(JsonGenerator json, IncidentDetails details) throws IOException {
    if (details.equals(IncidentDetails.NONE)) {
      return;
    }
    json.writeNumberField("findings", details.findings());
    json.writeNumberField("suppressed", details.suppressed());
    json.writeNumberField("members", details.members());
    json.writeNumberField("reopened", details.reopened());
    texts(json, "stages", details.stages().stream().map(Enum::name).toList());
    if (details.campaign() != null) {
      json.writeStringField("campaign", details.campaign());
    }
    texts(json, "joined", details.joined());
    if (details.verdict() != null) {
      json.writeStringField("verdict", details.verdict().name());
    }
    texts(json, "checked", details.checked());
    texts(json, "nextSteps", details.nextSteps());
    json.writeStringField("runbook", details.runbook());
  }

  /** One finding. */
  public String finding(Finding finding) {
    return line(
        json -> {
          json.writeStringField("detector", finding.detector());
          time(json, "time", finding.timeMicros());
          json.writeStringField("tenant", finding.tenant());
          json.writeStringField("principal", finding.principal());
          if (!finding.principals().isEmpty()) {
            texts(json, "principals", finding.principals());
          }
          json.writeStringField("model", finding.model().name());
          number(json, "score", finding.score());
          number(json, "logEvidence", evidence(finding.logEvidence()));
          json.writeStringField("maturity", finding.maturity().name());
          techniques(json, finding.techniques());
          measurements(json, finding.evidence());
          samples(json, finding.samples());
          String exception = finding.attributes().get(Finding.EXCEPTION);
          if (exception != null) {
            json.writeStringField("exception", exception);
          }
          if (finding.attributes().containsKey(Finding.SHADOW)) {
            json.writeBooleanField("shadow", true);
          }
        });
  }

  /** One unreadable line. */
  public String deadLetter(DeadLetter letter) {
    return line(
        json -> {
          json.writeNumberField("line", letter.line());
          json.writeStringField("reason", letter.reason());
          json.writeStringField("file", letter.file());
          json.writeStringField("excerptSha256", letter.excerptSha256());
        });
  }

  /** The summary of a replay, indented. */
  public String summary(ReplaySummary summary) {
    return write(
        true,
        json -> {
          json.writeNumberField("exchanges", summary.exchanges());
          json.writeNumberField("lines", summary.lines());
          json.writeNumberField("deadLetters", summary.deadLetters());
          optionalTime(json, "firstTime", summary.firstTimeMicros());
          optionalTime(json, "lastTime", summary.lastTimeMicros());
          number(json, "wallSeconds", summary.wallSeconds());
          number(json, "exchangesPerSecond", summary.exchangesPerSecond());
          counts(json, "findingsByDetector", summary.findingsByDetector());
          counts(json, "incidentsByDetector", summary.incidentsByDetector());
          if (!summary.shadowIncidentsByDetector().isEmpty()) {
            counts(json, "shadowIncidentsByDetector", summary.shadowIncidentsByDetector());
          }
          json.writeNumberField("callers", summary.callers());
          json.writeNumberField("models", summary.models());
          json.writeStringField("configHash", summary.configHash());
          json.writeStringField("version", summary.version());
        });
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private String line(Body body) {
    return write(false, body);
  }

  private String write(boolean indented, Body body) {
    StringWriter out = new StringWriter(1024);
    try (JsonGenerator json = factory.createGenerator(out)) {
      if (indented) {
        json.useDefaultPrettyPrinter();
      }
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes any text", e);
    }
    return out.toString();
  }

  private static void time(JsonGenerator json, String name, long micros) throws IOException {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    json.writeStringField(name, instant.toString());
  }

  private static void optionalTime(JsonGenerator json, String name, @Nullable Long micros)
      throws IOException {
    if (micros == null) {
      json.writeNullField(name);
    } else {
      time(json, name, micros);
    }
  }

  private static double evidence(double logEvidence) {
    return Math.min(logEvidence, CERTAIN);
  }

  /** A number of 9 digits, the same on every platform; null when it is not finite. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNullField(name);
    } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeFieldName(name);
      json.writeNumber(new BigDecimal(value, DIGITS).stripTrailingZeros().toString());
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void techniques(JsonGenerator json, List<Technique> techniques)
      throws IOException {
    texts(json, "techniques", techniques.stream().map(Technique::id).toList());
  }

  private static void measurements(JsonGenerator json, List<Measurement> measurements)
      throws IOException {
    json.writeArrayFieldStart("evidence");
    for (Measurement measurement : measurements) {
      json.writeStartObject();
      json.writeStringField("name", measurement.name());
      number(json, "value", measurement.value());
      json.writeStringField("unit", measurement.unit());
      number(json, "limit", measurement.limit());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void samples(JsonGenerator json, List<Sample> samples) throws IOException {
    json.writeArrayFieldStart("samples");
    for (Sample sample : samples) {
      json.writeStartObject();
      json.writeStringField("requestId", sample.requestId());
      json.writeStringField("topic", sample.origin().topic());
      json.writeNumberField("partition", sample.origin().partition());
      json.writeNumberField("offset", sample.origin().offset());
      if (sample.trace() != null) {
        json.writeStringField("traceId", sample.trace().toString());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (String key : counts.keySet().stream().sorted().toList()) {
      json.writeNumberField(key, counts.getOrDefault(key, 0L));
    }
    json.writeEndObject();
  }
}

package io.vedette.edge.siem;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Measurement;
import io.vedette.core.Sample;
import io.vedette.core.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds JSON documents: empty texts and lists are left out, numbers are equal on every platform.
 */
final class Json {

  private static final int WRITER = 256; // characters
  private static final MathContext DIGITS = new MathContext(9);
  private static final double CERTAIN = 999; // stands for infinite evidence, which JSON has not
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static String text(ObjectNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("trees can be written", e);
    }
  }

  /** Sets a text unless it is empty. */
  static void text(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  /** Sets a list unless it is empty. */
  static void texts(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(node.putArray(name)::add);
    }
  }

  /** Sets a list unless it is empty. */
  static void objects(ObjectNode node, String name, List<ObjectNode> values) {
    if (!values.isEmpty()) {
      node.putArray(name).addAll(values);
    }
  }

  /** Sets a number of 9 digits unless it is no number. */
  static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    if (Double.isInfinite(value)) {
      node.put(name, (long) Math.copySign(CERTAIN, value));
    } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      node.put(name, (long) value);
    } else {
      node.put(name, new BigDecimal(value, DIGITS).stripTrailingZeros());
    }
  }

  /** log10 of the evidence, cut at the number that stands for certainty. */
  static double evidence(double logEvidence) {
    return Math.min(CERTAIN, logEvidence);
  }

  static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }

  /** ISO 8601 in UTC, milliseconds. */
  static String time(long micros) {
    return Instant.ofEpochMilli(millis(micros)).toString();
  }

  /** The measurements as they are: name, value, unit and limit. */
  static void measurements(ObjectNode node, String name, List<Measurement> evidence) {
    objects(
        node,
        name,
        evidence.stream()
            .map(
                m -> {
                  ObjectNode each = object();
                  each.put("name", m.name());
                  number(each, "value", m.value());
                  text(each, "unit", m.unit());
                  number(each, "limit", m.limit());
                  return each;
                })
            .toList());
  }

  /** Where to read the exemplars; never what they say. */
  static void samples(ObjectNode node, String name, List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    ArrayNode all = node.putArray(name);
    for (Sample sample : samples) {
      ObjectNode each = all.addObject();
      each.put("request_id", sample.requestId());
      text(each, "topic", sample.origin().topic());
      each.put("partition", sample.origin().partition());
      each.put("offset", sample.origin().offset());
      text(each, "trace_id", sample.trace() == null ? "" : sample.trace().toString());
    }
  }

  /** Where the record stands in its chain, below an object of the document; it is given back. */
  static ObjectNode link(ObjectNode document, String at, @Nullable RecordLink link) {
    if (link != null && document.at(at) instanceof ObjectNode own) {
      ObjectNode record = own.putObject("record");
      record.put("chain", link.chain()).put("sequence", link.sequence());
      record.put("previous", link.previous()).put("hash", link.hash());
      record.put("writer", SafeText.clean(link.writer(), WRITER));
    }
    return document;
  }

  /** Counts, stages and links of an incident; nothing for one that has no details. */
  static void details(ObjectNode at, IncidentDetails details) {
    if (details.equals(IncidentDetails.NONE)) {
      return;
    }
    at.put("findings", details.findings());
    at.put("suppressed", details.suppressed());
    at.put("members", details.members());
    at.put("reopened", details.reopened());
    texts(at, "stages", details.stages().stream().map(s -> s.name().toLowerCase(ROOT)).toList());
    text(at, "campaign", details.campaign() == null ? "" : details.campaign());
    texts(at, "joined", details.joined());
    Verdict.Kind verdict = details.verdict();
    text(at, "verdict", verdict == null ? "" : verdict.name().toLowerCase(ROOT));
    texts(at, "checked", details.checked());
  }
}

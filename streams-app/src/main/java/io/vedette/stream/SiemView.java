package io.vedette.stream;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A form in which incidents are published for SIEMs, beside the incident itself.
 *
 * @param name short name, for operators and logs
 * @param topic where its records go, keyed by incident
 * @param renderer a pure function
 */
public record SiemView(String name, String topic, Function<Alert, List<Text>> renderer) {

  /**
   * One record.
   *
   * @param value its value
   * @param headers its headers
   */
  public record Text(String value, Map<String, String> headers) {}
}

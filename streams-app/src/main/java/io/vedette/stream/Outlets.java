package io.vedette.stream;

import io.vedette.correlate.ResponsePolicy;
import java.util.List;

/**
 * What is published of incidents beside the incidents themselves.
 *
 * @param views forms for SIEMs
 * @param actions advice to gateways
 * @param writer version and hash of the settings, for the chain of records; at most 256 characters
 */
public record Outlets(List<SiemView> views, ResponsePolicy actions, String writer) {

  /** Nothing. */
  public static final Outlets NONE = new Outlets(List.of(), ResponsePolicy.OFF, "");

  /** Copies its parts. */
  public Outlets {
    views = List.copyOf(views);
  }

  /** Views alone. */
  static Outlets of(List<SiemView> views) {
    return new Outlets(views, ResponsePolicy.OFF, "");
  }
}

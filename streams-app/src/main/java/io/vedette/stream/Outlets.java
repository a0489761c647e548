package io.vedette.stream;

import io.vedette.correlate.ResponsePolicy;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is published of incidents beside the incidents themselves.
 *
 * @param views forms for SIEMs
 * @param actions advice to gateways, as it is now; whether there is any is decided at the start
 * @param writer version and hash of the settings as they are now, for the chain of records; at most
 *     256 characters
 */
public record Outlets(
    List<SiemView> views, Supplier<ResponsePolicy> actions, Supplier<String> writer) {

  /** Nothing. */
  public static final Outlets NONE = new Outlets(List.of(), ResponsePolicy.OFF, "");

  /** Outlets that stay as they are. */
  public Outlets(List<SiemView> views, ResponsePolicy actions, String writer) {
    this(views, () -> actions, () -> writer);
  }

  /** Copies its parts. */
  public Outlets {
    views = List.copyOf(views);
  }

  /** Views alone. */
  static Outlets of(List<SiemView> views) {
    return new Outlets(views, ResponsePolicy.OFF, "");
  }
}

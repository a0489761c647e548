package io.vedette.detect.inversion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a deployment may set of the inversion detector.
 *
 * @param sensitive features that nobody needs to vary for one person
 */
public record InversionConfig(List<Sensitive> sensitive) {

  /** What a mark must look like. */
  public static final Pattern MARK = Pattern.compile("([^:]{1,200}:)?[^:]{1,200}");

  /** No feature is marked. */
  public static final InversionConfig USUAL = new InversionConfig(List.of());

  /**
   * One marked feature.
   *
   * @param model name of the model, empty for all
   * @param feature index of a numeric feature, from 0, or name of a categorical one
   */
  public record Sensitive(String model, String feature) {

    /** True when the mark is about this model. */
    boolean concerns(String name) {
      return model.isEmpty() || model.equals(name);
    }
  }

  /**
   * The features of some marks.
   *
   * @param marks {@code feature} or {@code model:feature} each
   */
  public static InversionConfig of(List<String> marks) {
    List<Sensitive> sensitive = new ArrayList<>();
    for (String mark : marks) {
      if (!MARK.matcher(mark).matches()) {
        throw new IllegalArgumentException(
            "sensitive must be feature or model:feature each, was " + mark);
      }
      int colon = mark.indexOf(':');
      sensitive.add(
          new Sensitive(colon < 0 ? "" : mark.substring(0, colon), mark.substring(colon + 1)));
    }
    return new InversionConfig(List.copyOf(sensitive));
  }
}

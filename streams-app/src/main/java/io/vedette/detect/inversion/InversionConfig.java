package io.vedette.detect.inversion;

import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment may set of the inversion detector.
 *
 * @param sensitive features that nobody needs to vary for one person
 */
public record InversionConfig(List<Sensitive> sensitive) {

  private static final int MOST_CHARS = 200;

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

  /** True for {@code feature} or {@code model:feature}, each of 1 to 200 characters. */
  public static boolean isMark(String text) {
    int colon = text.indexOf(':');
    String feature = text.substring(colon + 1);
    return feature.indexOf(':') < 0
        && feature.length() >= 1
        && feature.length() <= MOST_CHARS
        && colon != 0
        && colon <= MOST_CHARS;
  }

  /**
   * The features of some marks.
   *
   * @param marks {@code feature} or {@code model:feature} each
   */
  public static InversionConfig of(List<String> marks) {
    List<Sensitive> sensitive = new ArrayList<>();
    for (String mark : marks) {
      if (!isMark(mark)) {
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

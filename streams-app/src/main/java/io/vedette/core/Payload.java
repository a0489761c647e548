package io.vedette.core;

import java.util.List;

/** What a caller sent to a model. */
public sealed interface Payload {

  /** The payload of an exchange whose request half is unknown or carried no input. */
  Payload NONE = new None();

  /** No input is known. */
  record None() implements Payload {}

  /**
   * Numeric and categorical features, one or more rows.
   *
   * @param values {@code float[rows * columns]}, row-major, NaN where a value is missing; owned by
   *     this record, not copied
   * @param rows number of rows, at least 1
   * @param columns numeric features per row, may be 0 when all features are categorical
   * @param shape shape of one row, for example {@code {28, 28}} for an image; product = columns
   * @param categorical categorical columns, in ascending order of name
   * @param embedding true when the values are an embedding computed by the platform
   */
  record Features(
      float[] values,
      int rows,
      int columns,
      int[] shape,
      List<Categorical> categorical,
      boolean embedding)
      implements Payload {}

  /**
   * One categorical column.
   *
   * @param name column name
   * @param values one value per row; the empty string where missing
   */
  record Categorical(String name, List<String> values) {}

  /**
   * A conversation.
   *
   * @param messages in order
   */
  record Text(List<Message> messages) implements Payload {}

  /**
   * One message of a conversation.
   *
   * @param role system, developer, user, assistant or tool
   * @param content the text, possibly truncated at the edge
   */
  record Message(String role, String content) {}

  /**
   * Only a keyed hash of the input is known.
   *
   * @param value the hash as the source wrote it
   */
  record Hash(String value) implements Payload {}
}

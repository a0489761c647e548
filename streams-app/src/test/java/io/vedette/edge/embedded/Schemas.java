package io.vedette.edge.embedded;

/** Schema texts of the registry's tests. */
final class Schemas {

  static final String V1 = record("{\"name\":\"id\",\"type\":\"string\"}");

  /** V1 and a field with a default: compatible both ways. */
  static final String V2 =
      record(
          "{\"name\":\"id\",\"type\":\"string\"},"
              + "{\"name\":\"count\",\"type\":\"int\",\"default\":0}");

  /** V1 and a field without a default: cannot read V1, V1 can read it. */
  static final String NEEDS_MORE =
      record("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"must\",\"type\":\"int\"}");

  /** No field: reads V1, V1 cannot read it. */
  static final String EMPTY = record("");

  private Schemas() {}

  static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"Call\",\"namespace\":\"io.test\",\"fields\":["
        + fields
        + "]}";
  }
}

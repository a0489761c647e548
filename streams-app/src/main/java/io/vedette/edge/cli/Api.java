package io.vedette.edge.cli;

import java.io.IOException;

/** Where the terminal gets incidents and callers from: the service, or the topics themselves. */
public interface Api extends AutoCloseable {

  /**
   * A GET of the API.
   *
   * @param target path and query, percent-encoded
   * @return JSON
   * @throws ApiException when the API refuses
   * @throws IOException when it cannot be asked
   */
  String get(String target) throws IOException;

  /**
   * A POST of the API.
   *
   * @param target path, percent-encoded
   * @param json body
   * @return JSON
   * @throws ApiException when the API refuses
   * @throws IOException when it cannot be asked
   */
  String post(String target, String json) throws IOException;

  /** Address of the service without a slash at its end, empty when none is asked. */
  default String address() {
    return "";
  }

  @Override
  void close();
}

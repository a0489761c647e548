package io.vedette.edge.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON reader and writer of the registry; thread-safe. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}
}

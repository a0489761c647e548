package io.vedette.stream;

import io.vedette.detect.ModelUpdate;
import java.io.DataInput;
import java.io.IOException;

/** Reads what {@link ModelUpdate#write} wrote. */
@FunctionalInterface
public interface UpdateReader {

  /**
   * Reads an update.
   *
   * @throws IOException when the bytes are not an update
   */
  ModelUpdate read(DataInput in) throws IOException;
}

package io.vedette.app;

import io.vedette.core.Exchange;
import io.vedette.edge.siem.DeadLetter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Traffic that was recorded, to be replayed. */
@FunctionalInterface
interface RecordedTraffic {

  /**
   * Gives all of it, in one thread.
   *
   * @return lines or records read
   * @throws IOException when it cannot be read to its end
   */
  long read(Consumer<Exchange> exchanges, Consumer<DeadLetter> letters) throws IOException;

  /** Traffic in files of the native log format. */
  static RecordedTraffic files(List<String> files) {
    return (exchanges, letters) -> {
      Input input = new Input(files, exchanges, letters);
      input.read();
      return input.lines();
    };
  }
}

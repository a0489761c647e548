package io.vedette.edge.forward;

import java.util.List;
import java.util.stream.IntStream;

/** Messages for the tests of this package. */
final class Messages {

  static final long TIME = 1_772_355_900_125L; // 2026-03-01T09:05:00.125Z

  private Messages() {}

  static Message message(int number) {
    return new Message(
        "inc-" + number + ":0", "CEF:0|line " + number, "high", "acme", "extraction", TIME);
  }

  static List<Message> some(int count) {
    return IntStream.range(0, count).mapToObj(Messages::message).toList();
  }
}

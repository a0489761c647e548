package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are made from others: compared, or written anew with {@code -Dvedette.update=true}.
 */
final class Updates {

  private Updates() {}

  static void check(Path file, String current) throws IOException {
    if (Boolean.getBoolean("vedette.update")) {
      Files.writeString(file, current);
    }
    assertThat(Files.readString(file))
        .as(
            "%s is current; if the change is meant: mvn test -pl helm -am -Dvedette.update=true",
            file)
        .isEqualTo(current);
  }
}

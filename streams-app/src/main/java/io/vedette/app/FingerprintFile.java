package io.vedette.app;

import io.vedette.detect.membership.Fingerprints;
import io.vedette.detect.membership.Membership;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of fingerprints that the settings name. */
final class FingerprintFile {

  private FingerprintFile() {}

  /**
   * The fingerprints of the settings, none when no file is named.
   *
   * @throws UncheckedIOException when the file cannot be read, or was made with another secret
   */
  static Fingerprints of(Settings settings) {
    Settings.DetectorSettings membership = settings.detector(Membership.PROFILE.id());
    String file = membership.fingerprints();
    if (file.isEmpty() || !membership.enabled()) {
      return Fingerprints.NONE;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
      return Fingerprints.read(in, membership.secret());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "detectors.membership.fingerprints must be a file of fingerprints, was " + file, e);
    }
  }
}

package io.vedette.app;

/** The version of this program. */
final class Version {

  private Version() {}

  /** As the jar's manifest says, {@code dev} outside a jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}

package io.vedette.edge.embedded;

import java.util.Arrays;

/** A refusal of the registry: what the client gets as HTTP status, error code and message. */
final class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private RegistryException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }

  static RegistryException noRoute() {
    return new RegistryException(404, 404, "HTTP 404 Not Found");
  }

  static RegistryException noSubject(String subject) {
    return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException noVersion(String version) {
    return new RegistryException(404, 40402, "Version " + version + " not found.");
  }

  static RegistryException noSchema() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException noLevel(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryException incompatible(
      String subject, CompatibilityLevel level, String objection) {
    return new RegistryException(
        409,
        409,
        "Schema is not " + level + " compatible in subject '" + subject + "': " + objection);
  }

  static RegistryException badRequest(String message) {
    return new RegistryException(400, 400, message);
  }

  static RegistryException tooLarge(int limitBytes) {
    return new RegistryException(413, 413, "Request body exceeds " + limitBytes + " bytes");
  }

  static RegistryException badSchema(String reason) {
    return new RegistryException(422, 42201, "Invalid schema: " + reason);
  }

  static RegistryException badVersion(String version) {
    return new RegistryException(
        422, 42202, "Version must be 'latest', -1 or 1 and above, was '" + version + "'");
  }

  static RegistryException badLevel(String level) {
    return new RegistryException(
        422,
        42203,
        "Compatibility level must be one of "
            + Arrays.toString(CompatibilityLevel.values())
            + ", was '"
            + level
            + "'");
  }

  static RegistryException full(String what) {
    return new RegistryException(422, 42299, "Registry is full: " + what);
  }

  static RegistryException notStored() {
    return new RegistryException(500, 50001, "Error in the backend data store");
  }
}

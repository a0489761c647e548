package io.vedette.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A registry that does not know, refuses or cannot be reached. Only {@link Kind#UNAVAILABLE} passes
 * with time: such a record is not poison, and a handler should stop rather than skip it.
 */
public final class SchemaRegistryException extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final int status;

  SchemaRegistryException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = 0;
  }

  SchemaRegistryException(Kind kind, int status, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  /** An answer, or the lack of one. */
  public SchemaRegistryException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Why the call failed. */
  public enum Kind {
    /** No such id, subject or schema. */
    NOT_FOUND,
    /** The registry refused, or sent a schema that does not parse. */
    REFUSED,
    /** No answer or a server error after all retries, no access, or no registry at the URL. */
    UNAVAILABLE
  }

  /** Why the call failed. */
  public Kind kind() {
    return kind;
  }

  /** HTTP status of the answer that was final; 0 when there was none. */
  public int status() {
    return status;
  }
}

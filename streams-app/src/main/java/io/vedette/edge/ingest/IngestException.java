package io.vedette.edge.ingest;

/** A line that is no exchange, with the field at fault and what it may be; never payload text. */
public final class IngestException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Names the field and what is allowed, for example {@code input.features[3] must be a number}.
   */
  public IngestException(String reason) {
    super(reason, null, false, false); // no stack: bad lines are frequent when under attack
  }

  /** The reason, fit for logs and dead letters. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

package io.vedette.edge.forward;

/** The receiver refused messages for good; says how, never what was in them. */
public final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a reason such as {@code HTTP 400}. */
  public RejectedException(String reason) {
    super(reason);
  }
}

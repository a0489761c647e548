package io.vedette.edge.http.login;

/** Too many passwords are being checked; the caller may try again. */
public final class BusyException extends Exception {

  private static final long serialVersionUID = 1;

  BusyException() {
    super("too many logins at once");
  }
}

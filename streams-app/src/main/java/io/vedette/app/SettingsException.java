package io.vedette.app;

import java.util.List;

/** Settings that cannot be used, with everything that is wrong with them at once. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  SettingsException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors));
    this.errors = List.copyOf(errors);
  }

  /** One error a line: the key, the value and what is allowed. */
  public List<String> errors() {
    return errors;
  }
}

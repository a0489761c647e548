package io.vedette.detect;

import io.vedette.core.State;

/** Looks at the window of a model version that is still open. */
public final class OpenWindow {

  private OpenWindow() {}

  /** Rows in the open window of a state of the model engine, 0 for none. */
  public static int rows(State state) {
    PaneDelta window = ((ModelState) state).window;
    return window == null ? 0 : window.rows();
  }
}

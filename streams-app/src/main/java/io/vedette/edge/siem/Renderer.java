package io.vedette.edge.siem;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders incidents for SIEMs: a pure function, equal input gives equal bytes. Thread-safe. */
public interface Renderer {

  /**
   * The records of one activity.
   *
   * @param cause the finding that caused the activity, null when time alone did
   */
  List<View> render(Incident incident, @Nullable Finding cause);
}

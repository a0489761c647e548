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
   * @param link place of the incident's record in its chain, null when it has none
   */
  List<View> render(Incident incident, @Nullable Finding cause, @Nullable RecordLink link);

  /** The records of one activity without a place in a chain. */
  default List<View> render(Incident incident, @Nullable Finding cause) {
    return render(incident, cause, null);
  }
}

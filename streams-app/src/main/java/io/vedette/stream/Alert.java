package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import org.jspecify.annotations.Nullable;

/**
 * An incident activity on its way out.
 *
 * @param incident the activity
 * @param cause the finding that caused it, null when time alone did
 * @param link its place in the chain of records, null before it has one
 */
public record Alert(Incident incident, @Nullable Finding cause, @Nullable ChainLink link) {

  /** An activity that has no place in the chain yet. */
  public Alert(Incident incident, @Nullable Finding cause) {
    this(incident, cause, null);
  }
}

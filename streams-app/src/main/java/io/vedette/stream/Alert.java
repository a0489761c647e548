package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import org.jspecify.annotations.Nullable;

/**
 * An incident activity on its way out.
 *
 * @param incident the activity
 * @param cause the finding that caused it, null when time alone did
 */
public record Alert(Incident incident, @Nullable Finding cause) {}

/** What the terminal shows of incidents and callers, and how it asks the service for them. */
@NullMarked
package io.vedette.edge.cli;

import org.jspecify.annotations.NullMarked;

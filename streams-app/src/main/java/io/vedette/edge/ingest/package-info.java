/**
 * Traffic formats on their way in: bytes of a log line to an exchange, hardened against their
 * writers.
 */
@NullMarked
package io.vedette.edge.ingest;

import org.jspecify.annotations.NullMarked;

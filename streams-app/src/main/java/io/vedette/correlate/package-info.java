/** From findings to incidents: evidence ledger and incident book, a pure state machine. */
@NullMarked
package io.vedette.correlate;

import org.jspecify.annotations.NullMarked;

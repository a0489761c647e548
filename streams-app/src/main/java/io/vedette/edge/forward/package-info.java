/** Rendered incidents on their way to receivers outside Kafka: syslog and HTTP, at least once. */
@NullMarked
package io.vedette.edge.forward;

import org.jspecify.annotations.NullMarked;

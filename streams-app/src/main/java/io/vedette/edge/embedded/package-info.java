/** A Kafka broker and a schema registry for one machine: demo, tests and first steps. */
@NullMarked
package io.vedette.edge.embedded;

import org.jspecify.annotations.NullMarked;

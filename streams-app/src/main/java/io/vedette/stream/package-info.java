/** Kafka Streams: topics, topology, stages, dead letters. */
@NullMarked
package io.vedette.stream;

import org.jspecify.annotations.NullMarked;

/** Bytes on topics: Avro and the registry wire format to and from the words of core. */
@NullMarked
package io.vedette.wire;

import org.jspecify.annotations.NullMarked;

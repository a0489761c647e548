package io.vedette.stream;

import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/**
 * Tells an outage from a bad record: while the schema registry or Kafka cannot be reached every
 * record fails, none is bad, and none may be skipped.
 *
 * <p>Knows the errors of our own client and, by what they say of themselves, those of Confluent's
 * classes: errors of the network, and answers of the registry that pass with time or with a
 * corrected login. Other errors of input and output are none: so ends a record that is cut off.
 */
public final class Outages {

  private static final int DEEPEST = 32; // causes; a chain may be a circle

  // Confluent's classes are no dependency. Their errors end so, with the HTTP status or with that
  // and two digits more: 503, 50002. Those with 401 and the like reach us as Kafka's own exception.
  private static final String CONFLUENT =
      "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";
  private static final Pattern CODE = Pattern.compile("; error code: ([45][0-9]{2})(?:[0-9]{2})?$");
  private static final Set<String> PASSING = Set.of("401", "403", "408", "429");

  private Outages() {}

  /** Whether an error, or what caused it, is a registry that cannot be reached. */
  public static boolean registry(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (isOurs(at) || isNetwork(at) || isConfluent(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /**
   * Whether an error is of Kafka or of Kafka Streams itself: a result that no broker took, a store
   * that cannot be written. It says nothing about the record at hand; but what Kafka Streams throws
   * for a negative time or a wrong type does.
   */
  static boolean kafka(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof RetriableException
        || (error instanceof StreamsException
            && !(cause instanceof IllegalArgumentException)
            && !(cause instanceof ClassCastException));
  }

  /** Whether an error, or what caused it, is a broker that did not answer in time. */
  public static boolean brokers(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof RetriableException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static boolean isOurs(Throwable error) {
    return error instanceof SchemaRegistryException refused && refused.kind() == Kind.UNAVAILABLE;
  }

  private static boolean isNetwork(Throwable error) {
    return error instanceof SocketException
        || error instanceof SocketTimeoutException
        || error instanceof UnknownHostException
        || error instanceof HttpTimeoutException
        || error instanceof SSLException;
  }

  private static boolean isConfluent(Throwable error) {
    boolean theirs =
        error instanceof InvalidConfigurationException
            || error.getClass().getName().equals(CONFLUENT);
    return theirs && passes(error.getMessage());
  }

  private static boolean passes(@Nullable String message) {
    if (message == null) {
      return false;
    }
    Matcher code = CODE.matcher(message);
    return code.find() && (code.group(1).startsWith("5") || PASSING.contains(code.group(1)));
  }
}

package io.vedette.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The link of an incident record in the hash chain of the task that wrote it, carried in the
 * record's headers.
 *
 * @param chain the chain: number of the task and event time of the chain's first incident
 * @param sequence place in the chain, from 0
 * @param previous hash of the record before it, hex; {@link #NONE} for the first
 * @param writer version and hash of the settings that wrote it
 * @param hash hex SHA-256 over all of these and the value
 */
public record ChainLink(String chain, long sequence, String previous, String writer, String hash) {

  /** What stands for the record before the first. */
  public static final String NONE = "0".repeat(64);

  static final String PLACE = "vedette-chain";
  static final String PREVIOUS = "vedette-previous";
  static final String WRITER = "vedette-writer";
  static final String HASH = "vedette-hash";

  private static final Pattern PLACES = Pattern.compile("([0-9@-]{1,64}):([0-9]{1,18})");
  private static final Pattern HASHES = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_WRITER = 256; // characters

  /** The link of a value. */
  static ChainLink of(String chain, long sequence, String previous, String writer, byte[] value) {
    return new ChainLink(
        chain, sequence, previous, writer, hash(chain, sequence, previous, writer, value));
  }

  private static String hash(
      String chain, long sequence, String previous, String writer, byte[] value) {
    String head = chain + ':' + sequence + '\n' + previous + '\n' + writer + '\n';
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes the link to the headers of its record. */
  void label(Headers headers) {
    put(headers, PLACE, chain + ':' + sequence);
    put(headers, PREVIOUS, previous);
    put(headers, WRITER, writer);
    put(headers, HASH, hash);
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The link that the headers of a record hold; null when they hold none that is complete. */
  public static @Nullable ChainLink read(Headers headers) {
    Matcher place = PLACES.matcher(text(headers, PLACE));
    String previous = text(headers, PREVIOUS);
    String writer = text(headers, WRITER);
    String hash = text(headers, HASH);
    boolean complete =
        place.matches()
            && HASHES.matcher(previous).matches()
            && HASHES.matcher(hash).matches()
            && writer.length() <= LONGEST_WRITER;
    return complete
        ? new ChainLink(place.group(1), Long.parseLong(place.group(2)), previous, writer, hash)
        : null;
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** True when the hash is that of this link and the value. */
  public boolean covers(byte[] value) {
    return hash.equals(hash(chain, sequence, previous, writer, value));
  }
}

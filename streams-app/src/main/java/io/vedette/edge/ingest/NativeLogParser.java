package io.vedette.edge.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import java.io.IOException;

/**
 * Turns one line of the native log (CONTRACT, "Native log line") into an exchange. Lines are
 * written by attackers: every length, depth and count has a limit, and every line ends as an
 * exchange or as an {@link IngestException}. Keeps buffers between lines, so one thread uses one
 * parser.
 */
public final class NativeLogParser {

  /** Longest line, bytes. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 64; // unknown fields may nest; known ones reach 4
  private static final int MAX_NUMBER_CHARS = 400; // the longest plain decimal of a double is 309
  private static final int MAX_NAME_CHARS = 4096;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse them by field and reason
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names are the writer's choice
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_LINE_BYTES)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  .build())
          .build();
  private final StringCache strings = new StringCache();
  private final FloatRows rows = new FloatRows();

  /** Reads a line that fills an array. */
  public Exchange parse(byte[] line, Origin origin) throws IngestException {
    return parse(line, 0, line.length, origin);
  }

  /**
   * Reads the line in {@code bytes[offset .. offset + length)}, UTF-8; keeps nothing of the array.
   *
   * @throws IngestException when the line is no exchange; tells the field and what is allowed
   */
  public Exchange parse(byte[] bytes, int offset, int length, Origin origin)
      throws IngestException {
    if (length > MAX_LINE_BYTES) {
      throw new IngestException("line must have at most " + MAX_LINE_BYTES + " bytes");
    }
    try (JsonParser json = factory.createParser(bytes, offset, length)) {
      return new LineReader(new LineCursor(json, strings), rows).read(origin);
    } catch (StreamConstraintsException e) {
      throw new IngestException("line must keep the limits of depth, name and number lengths");
    } catch (JsonEOFException e) {
      throw new IngestException("line must be a whole JSON object, but ends early");
    } catch (JsonProcessingException e) {
      throw new IngestException("line must be valid JSON, but is not at byte " + place(e));
    } catch (IOException e) {
      throw new IngestException("line must be UTF-8");
    }
  }

  /** Where the fault is; the library's own message would quote the payload. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "?" : String.valueOf(e.getLocation().getByteOffset());
  }
}

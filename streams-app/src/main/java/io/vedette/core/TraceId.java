package io.vedette.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace id of a call, by which its trace is found in a tracing system; 16 bytes, not all
 * zero. Whoever sends the call chooses it: it leads an analyst somewhere and proves nothing.
 *
 * @param high first eight bytes
 * @param low last eight bytes
 */
public record TraceId(long high, long low) {

  private static final int DIGITS = 16; // of one half
  private static final HexFormat HEX = HexFormat.of();

  /** Refuses the invalid id, all zero. */
  public TraceId {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("trace id must not be all zero");
    }
  }

  /** The id of these bytes; null for the invalid one, all zero. */
  public static @Nullable TraceId of(long high, long low) {
    return high == 0 && low == 0 ? null : new TraceId(high, low);
  }

  /** The id of 32 hexadecimal digits; null for any other text. */
  public static @Nullable TraceId parse(@Nullable String text) {
    if (text == null || text.length() != 2 * DIGITS) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return null;
      }
    }
    return of(
        HexFormat.fromHexDigitsToLong(text, 0, DIGITS),
        HexFormat.fromHexDigitsToLong(text, DIGITS, 2 * DIGITS));
  }

  /** Writes an id or its absence: one byte, then the 16 of an id. */
  public static void write(@Nullable TraceId id, DataOutput out) throws IOException {
    out.writeBoolean(id != null);
    if (id != null) {
      out.writeLong(id.high);
      out.writeLong(id.low);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static @Nullable TraceId read(DataInput in) throws IOException {
    return in.readBoolean() ? of(in.readLong(), in.readLong()) : null;
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}

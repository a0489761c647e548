package io.vedette.edge.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads ISO-8601 instants; the common UTC form without allocating. */
final class TimeText {

  static final long NONE = Long.MIN_VALUE;

  private static final int LONGEST = 40; // chars of an ISO-8601 instant with nanoseconds and offset

  private TimeText() {}

  /** Microseconds since the epoch, {@link #NONE} when the text is no instant with an offset. */
  static long micros(char[] text, int offset, int length) {
    long fast = utc(text, offset, length);
    if (fast != NONE || length > LONGEST) {
      return fast;
    }
    try {
      Instant instant = OffsetDateTime.parse(new String(text, offset, length)).toInstant();
      return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1000;
    } catch (DateTimeException | ArithmeticException e) {
      return NONE;
    }
  }

  /** {@code yyyy-MM-ddTHH:mm:ss[.f]Z}, up to 9 decimals; leap days take the slow way. */
  private static long utc(char[] t, int o, int length) {
    if (length < 20
        || length > 30
        || t[o + 4] != '-'
        || t[o + 7] != '-'
        || t[o + 10] != 'T'
        || t[o + 13] != ':'
        || t[o + 16] != ':'
        || t[o + length - 1] != 'Z') {
      return NONE;
    }
    int year = number(t, o, 4);
    int month = number(t, o + 5, 2);
    int day = number(t, o + 8, 2);
    int hour = number(t, o + 11, 2);
    int minute = number(t, o + 14, 2);
    int second = number(t, o + 17, 2);
    if ((year | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > longest(month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return NONE;
    }
    int fraction = fraction(t, o + 19, o + length - 1);
    if (fraction < 0) {
      return NONE;
    }
    long seconds = days(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    return seconds * 1_000_000 + fraction;
  }

  private static int fraction(char[] t, int from, int end) {
    if (from == end) {
      return 0;
    }
    if (t[from] != '.' || from + 1 == end) {
      return -1;
    }
    int micros = 0;
    int weight = 100_000; // microseconds of the first decimal; falls to 0 behind the sixth
    for (int at = from + 1; at < end; at++) {
      int digit = t[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros += digit * weight;
      weight /= 10;
    }
    return micros;
  }

  private static int number(char[] t, int from, int digits) {
    int value = 0;
    for (int at = from; at < from + digits; at++) {
      int digit = t[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Days of a month, 28 for February. */
  private static int longest(int month) {
    return month == 2 ? 28 : 30 + ((month + (month >> 3)) & 1); // July and August both have 31
  }

  /**
   * Days since 1970-01-01 of a Gregorian date; the year starts in March so that leap days end it.
   */
  private static long days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}

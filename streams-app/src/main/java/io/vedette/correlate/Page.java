package io.vedette.correlate;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A page of the incident book: the case of one subject, or the links of one model's accounts. */
public final class Page implements State {

  /*
   * Formats 2 and 3: the number, the kind of page, the page. Format 1 began with the day of a ledger, a
   * long whose first byte is 0 (days since 1970), 0xFF (before) or 0x80 (no day), never 2 or 3.
   */

  private static final int FORMAT = 3;
  private static final int SECOND_FORMAT = 2;
  private static final int EMPTY = 0;
  private static final int CASE = 1;
  private static final int LINKS = 2;

  private @Nullable Case subject;
  private @Nullable Links links;

  /** The case, a fresh one when the page is empty. */
  Case subject() {
    if (subject == null) {
      subject = new Case();
    }
    return subject;
  }

  /** The case, null when the page has none. */
  @Nullable Case subjectOrNull() {
    return subject;
  }

  /** The links, fresh ones when the page is empty. */
  Links links() {
    if (links == null) {
      links = new Links();
    }
    return links;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    if (subject != null) {
      out.writeByte(CASE);
      CaseBytes.write(subject, out);
    } else if (links != null) {
      out.writeByte(LINKS);
      links.write(out);
    } else {
      out.writeByte(EMPTY);
    }
  }

  static Page read(DataInput in) throws IOException {
    Page page = new Page();
    int first = in.readUnsignedByte();
    if (first != FORMAT && first != SECOND_FORMAT) {
      page.subject = CaseBytes.readFirstFormat(in, restOfLong(first, in));
      return page;
    }
    int kind = in.readUnsignedByte();
    switch (kind) {
      case EMPTY -> {}
      case CASE -> page.subject = CaseBytes.read(in, first);
      case LINKS -> page.links = Links.read(in);
      default -> throw new IOException("page is of kind " + kind + ", which is not known");
    }
    return page;
  }

  private static long restOfLong(int first, DataInput in) throws IOException {
    long value = first;
    for (int i = 1; i < Long.BYTES; i++) {
      value = value << 8 | in.readUnsignedByte();
    }
    return value;
  }

  @Override
  public int bytes() {
    return 64 + (subject == null ? 0 : subject.bytes()) + (links == null ? 0 : links.bytes());
  }
}

package io.vedette.correlate;

import io.vedette.core.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The latest findings that were counted, by hash: at least once, those of a caller may be written
 * again after a restart, at another place of their topic ({@link ReadMark} knows the same place),
 * and must not count twice.
 */
final class Counted {

  private static final int MOST =
      32; // a detector says of a caller only what is news, so few between two commits
  private static final long PRIME = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio

  private final long[] latest = new long[MOST];
  private int size;
  private int next;

  /** True when the finding is none of the latest; remembers it. */
  boolean add(Finding finding) {
    long hash = hash(finding);
    for (int i = 0; i < size; i++) {
      if (latest[i] == hash) {
        return false;
      }
    }
    latest[next] = hash;
    next = (next + 1) % MOST;
    size = Math.max(size, next == 0 ? MOST : next);
    return true;
  }

  private static long hash(Finding finding) {
    long hash = finding.subject().hashCode();
    hash = (hash ^ finding.detector().hashCode()) * PRIME;
    hash = (hash ^ finding.timeMicros()) * PRIME;
    hash = (hash ^ hash >>> 32 ^ Double.doubleToLongBits(finding.logEvidence())) * PRIME;
    return hash ^ hash >>> 29;
  }

  void clear() {
    size = 0;
    next = 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(size);
    out.writeByte(next);
    for (int i = 0; i < size; i++) {
      out.writeLong(latest[i]);
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readUnsignedByte();
    next = in.readUnsignedByte();
    if (size > MOST || next >= MOST) {
      throw new IOException(
          "counted must be at most "
              + MOST
              + " from "
              + (MOST - 1)
              + ", were "
              + size
              + ", "
              + next);
    }
    for (int i = 0; i < size; i++) {
      latest[i] = in.readLong();
    }
  }
}

package io.vedette.stream;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How far a task's chain of incident records has come. */
final class ChainHead implements State {

  private static final int FORMAT = 1;

  private String chain = ""; // none yet
  private long next;
  private String hash = ChainLink.NONE;

  /**
   * The next link.
   *
   * @param task number of the task, which names a chain that begins
   * @param timeMicros event time of the incident, which names it as well
   */
  ChainLink next(int task, long timeMicros, String writer, byte[] value) {
    if (chain.isEmpty()) {
      chain = task + "@" + timeMicros;
    }
    ChainLink link = ChainLink.of(chain, next, hash, writer, value);
    next++;
    hash = link.hash();
    return link;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeUTF(chain);
    out.writeLong(next);
    out.writeUTF(hash);
  }

  static ChainHead read(DataInput in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new IOException("format of a chain's head must be " + FORMAT + ", was " + format);
    }
    ChainHead head = new ChainHead();
    head.chain = in.readUTF();
    head.next = in.readLong();
    head.hash = in.readUTF();
    return head;
  }

  @Override
  public int bytes() {
    return 256;
  }
}

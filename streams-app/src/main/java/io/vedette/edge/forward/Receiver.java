package io.vedette.edge.forward;

import java.io.IOException;
import java.util.List;

/** Where messages go. */
public interface Receiver extends AutoCloseable {

  /**
   * Delivers messages and returns when the receiver has taken them.
   *
   * @throws RejectedException when it will not take them as they are, however often they come
   * @throws IOException when it cannot be reached or cannot take them now
   */
  void deliver(List<Message> messages) throws IOException, RejectedException;

  /** Messages of one delivery at most. */
  int mostAtOnce();

  @Override
  void close();
}

package io.vedette.edge.forward;

import java.time.Duration;
import java.util.List;

/** Where messages come from, and what is told about their fate. */
public interface Source {

  /** The next messages in order; empty when there are none yet. */
  List<Message> poll();

  /**
   * Waits without taking further messages and without losing the ones that were polled.
   *
   * @return false when the polled messages are no longer ours, or when we are told to stop
   */
  boolean hold(Duration span);

  /** Puts a message that the receiver will never take aside. */
  void bury(Message message, String reason);

  /** All polled messages are delivered or buried. */
  void done();

  /** The polled messages are given up; they come again. */
  void abandon();

  /** True when there is to be no further poll. */
  boolean stopped();
}

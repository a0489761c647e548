package io.vedette.edge.forward;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages from a source to a receiver, at least once and in order.
 *
 * <p>While the receiver cannot be reached it tries again without end and takes nothing new.
 * Messages that the receiver refuses are tried a bounded number of times, found by halving when
 * they came in a batch, and then buried; the rest goes on.
 */
public final class Forwarder {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

  private final Source source;
  private final Receiver receiver;
  private final Backoff backoff;
  private final int mostRefusals;
  private final RandomGenerator random;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder buried = new LongAdder();

  /**
   * A forwarder; {@link #run} lets it run.
   *
   * @param mostRefusals times that one message is tried before it is buried, at least 1
   * @param random jitter of the waits
   */
  public Forwarder(
      Source source, Receiver receiver, Backoff backoff, int mostRefusals, RandomGenerator random) {
    if (mostRefusals < 1) {
      throw new IllegalArgumentException("mostRefusals must be at least 1, was " + mostRefusals);
    }
    this.source = source;
    this.receiver = receiver;
    this.backoff = backoff;
    this.mostRefusals = mostRefusals;
    this.random = random;
  }

  /** Forwards until the source is stopped. */
  public void run() {
    while (!source.stopped()) {
      List<Message> messages = source.poll();
      if (messages.isEmpty()) {
        continue;
      }
      if (all(messages)) {
        source.done();
      } else {
        source.abandon();
      }
    }
    LOG.info("forwarder stopped: {}", counts());
  }

  /** Delivered, tried again, buried. */
  public String counts() {
    return "delivered " + delivered + ", tried again " + retries + ", buried " + buried;
  }

  private boolean all(List<Message> messages) {
    int most = receiver.mostAtOnce();
    for (int from = 0; from < messages.size(); from += most) {
      if (!some(messages.subList(from, Math.min(messages.size(), from + most)))) {
        return false;
      }
    }
    return true;
  }

  /** False when the messages were given up. */
  private boolean some(List<Message> messages) {
    int failures = 0;
    int refusals = 0;
    while (true) {
      Duration wait;
      try {
        receiver.deliver(messages);
        if (failures > 0) {
          LOG.info("receiver is back after {} failures", failures);
        }
        delivered.add(messages.size());
        return true;
      } catch (RejectedException e) {
        if (messages.size() > 1) {
          int half = messages.size() / 2;
          return some(messages.subList(0, half)) && some(messages.subList(half, messages.size()));
        }
        if (++refusals >= mostRefusals) {
          bury(messages.get(0), String.valueOf(e.getMessage()));
          return true;
        }
        wait = backoff.after(refusals, random);
      } catch (BusyException e) {
        failures = failed(failures, e);
        Duration own = backoff.after(failures, random);
        wait = own.compareTo(e.pause()) < 0 ? e.pause() : own;
      } catch (IOException e) {
        failures = failed(failures, e);
        wait = backoff.after(failures, random);
      }
      retries.increment();
      if (!source.hold(wait)) {
        return false;
      }
    }
  }

  private void bury(Message message, String reason) {
    LOG.warn("receiver refuses message {} for good: {}", message.id(), reason);
    source.bury(message, reason);
    buried.increment();
  }

  /** Logs the first failure in a row and then ever more rarely. */
  private static int failed(int before, IOException error) {
    int failures = before + 1;
    if (Integer.bitCount(failures) == 1) {
      LOG.warn("receiver cannot be reached, attempt {}: {}", failures, error.toString());
    }
    return failures;
  }
}

package io.vedette.state;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A store that Kafka Streams calls before each commit, early enough that what it writes and
 * forwards belongs to that commit.
 *
 * <p>This is the one class that knows Kafka Streams' internal interface for it: of all hooks of
 * 4.3.1 only {@code flushCache()} runs before the input offsets are committed, under both
 * guarantees. {@code KillIT} is the proof to run again when Kafka's version changes.
 */
public abstract class PreCommitStore implements StateStore, CachedStateStore<Object, Object> {

  /** For the stores of this package. */
  PreCommitStore() {}

  /** Writes or forwards what the coming commit must hold. */
  abstract void beforeCommit();

  /** Drops what is live without writing it. */
  abstract void forget();

  @Override
  public final boolean setFlushListener(
      CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
    return false; // nobody listens to single changes
  }

  @Override
  public final void flushCache() {
    beforeCommit();
  }

  @Override
  public final void clearCache() {
    forget();
  }

  /**
   * Lets a processor forward outside its own call, from the hook before a commit.
   *
   * <p>Made in the processor's {@code init}, when the context stands at its node.
   */
  static final class Emitter {

    private final InternalProcessorContext<?, ?> context;
    private final ProcessorNode<?, ?, ?, ?> node;

    Emitter(ProcessorContext<?, ?> context) {
      if (!(context instanceof InternalProcessorContext<?, ?> internal)) {
        throw new IllegalArgumentException("context must be one of Kafka Streams' own");
      }
      this.context = internal;
      this.node = internal.currentNode();
    }

    /** Runs {@code forwards} as if the processor were called at {@code timestampMs}. */
    void run(long timestampMs, Runnable forwards) {
      ProcessorNode<?, ?, ?, ?> callerNode = context.currentNode();
      ProcessorRecordContext callerRecord = context.recordContext();
      try {
        context.setCurrentNode(node);
        context.setRecordContext(
            new ProcessorRecordContext(timestampMs, -1L, -1, null, new RecordHeaders()));
        forwards.run();
      } finally {
        context.setRecordContext(callerRecord);
        context.setCurrentNode(callerNode);
      }
    }
  }
}

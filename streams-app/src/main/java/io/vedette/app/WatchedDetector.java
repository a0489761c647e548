package io.vedette.app;

import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.State;
import io.vedette.stream.DetectorCounters;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A detector that is counted and timed from outside, because detectors know no clock. One in 64
 * calls is timed and stands for all, so that the clock costs less than a nanosecond per call.
 */
final class WatchedDetector<S extends State, E> implements Detector<S, E> {

  static final int TIMED_ONE_IN = 64;

  private final Detector<S, E> detector;
  private final DetectorCounters counters;
  private final LongSupplier nanoTime;
  private int calls; // one thread per task

  WatchedDetector(Detector<S, E> detector, DetectorCounters counters, LongSupplier nanoTime) {
    this.detector = detector;
    this.counters = counters;
    this.nanoTime = nanoTime;
  }

  @Override
  public Profile profile() {
    return detector.profile();
  }

  @Override
  public S create() {
    return detector.create();
  }

  @Override
  public S read(DataInput in) throws IOException {
    return detector.read(in);
  }

  @Override
  public void observe(S state, E event, Consumer<Finding> findings) {
    counters.events.increment();
    boolean timed = calls++ % TIMED_ONE_IN == 0;
    long start = timed ? nanoTime.getAsLong() : 0;
    try {
      detector.observe(state, event, findings);
    } catch (RuntimeException e) {
      counters.fenced.increment();
      throw e;
    } finally {
      if (timed) {
        counters.nanoseconds.add(TIMED_ONE_IN * (nanoTime.getAsLong() - start));
      }
    }
  }

  /** The same detector, acting as far as the operator lets it. */
  static <S extends State, E> Detector<S, E> acting(Detector<S, E> detector, Maturity maturity) {
    return changed(detector, maturity, finding -> finding.with(maturity));
  }

  /**
   * The same detector in shadow: its findings are marked, and no version opens incidents of them.
   */
  static <S extends State, E> Detector<S, E> shadow(Detector<S, E> detector) {
    return changed(
        detector,
        Maturity.INCUBATING,
        finding -> finding.with(Maturity.INCUBATING).with(Finding.SHADOW, "true"));
  }

  private static <S extends State, E> Detector<S, E> changed(
      Detector<S, E> detector, Maturity maturity, UnaryOperator<Finding> change) {
    return new Detector<>() {
      private final Profile profile = as(detector.profile(), maturity);

      @Override
      public Profile profile() {
        return profile;
      }

      @Override
      public S create() {
        return detector.create();
      }

      @Override
      public S read(DataInput in) throws IOException {
        return detector.read(in);
      }

      @Override
      public void observe(S state, E event, Consumer<Finding> findings) {
        detector.observe(state, event, finding -> findings.accept(change.apply(finding)));
      }
    };
  }

  /** A profile with another maturity. */
  static Profile as(Profile p, Maturity maturity) {
    return new Profile(p.id(), p.title(), maturity, p.techniques(), p.severity());
  }
}

package io.vedette.lab;

import java.time.Duration;

/** When sessions arrive. */
@FunctionalInterface
public interface Pace {

  /**
   * Time of the next session after {@code timeMicros}, microseconds since the epoch, later than it.
   */
  long next(long timeMicros, Rng rng);

  /** Steady arrivals, each interval varied by up to 5%. */
  static Pace every(Duration interval) {
    double micros = interval.toNanos() / 1e3;
    return (time, rng) -> time + Math.max(1, (long) (micros * rng.uniform(0.95, 1.05)));
  }

  /** A script's steady rate. */
  static Pace perSecond(double rate) {
    return every(Duration.ofNanos((long) (1e9 / rate)));
  }

  /** Poisson arrivals. */
  static Pace poisson(double perHour) {
    double meanMicros = 3.6e9 / perHour;
    return (time, rng) -> time + 1 + (long) (meanMicros * rng.exponential());
  }

  /**
   * Poisson arrivals with a daily wave: most at 15:00 UTC (1.9 times the mean), fewest at 03:00.
   */
  static Pace daily(double perHour) {
    Pace most = poisson(1.9 * perHour);
    return (time, rng) -> {
      long t = time;
      do { // thinning (Lewis and Shedler 1979)
        t = most.next(t, rng);
      } while (!rng.chance((1 + 0.9 * StrictMath.sin(wave(t))) / 1.9));
      return t;
    };
  }

  /** Once a day at an hour (UTC), give or take 5 minutes. */
  static Pace nightly(int hour) {
    long day = Duration.ofDays(1).toNanos() / 1000;
    long at = Duration.ofHours(hour).toNanos() / 1000;
    return (time, rng) -> {
      long next = time - Math.floorMod(time, day) + at + (long) rng.uniform(-3e8, 3e8);
      return next > time + day / 24 ? next : next + day; // tonight's run may be over already
    };
  }

  private static double wave(long micros) {
    double hour = Math.floorMod(micros, 86_400_000_000L) / 3.6e9;
    return 2 * Math.PI * (hour - 9) / 24;
  }
}

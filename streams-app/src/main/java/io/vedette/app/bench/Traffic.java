package io.vedette.app.bench;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.BenignKind;
import io.vedette.lab.NativeLog;
import io.vedette.lab.Participant;
import io.vedette.lab.Rng;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.zip.GZIPOutputStream;

/** Honest traffic for one model of 30 features, of any number of callers with skewed rates. */
final class Traffic {

  private static final BenignKind[] HABITS = {
    BenignKind.INDEPENDENT,
    BenignKind.SKEWED,
    BenignKind.INDEPENDENT,
    BenignKind.WHAT_IF,
    BenignKind.INDEPENDENT,
    BenignKind.MONITORED,
    BenignKind.INDEPENDENT,
    BenignKind.SKEWED,
    BenignKind.INDEPENDENT,
    BenignKind.RETRY
  };

  private static final int MOST_ACTORS = 10_000; // more callers take turns in their places

  private final Scenario scenario;

  private final int callers;

  private Traffic(Scenario scenario, int callers) {
    this.scenario = scenario;
    this.callers = callers;
  }

  /**
   * Traffic of a day or more.
   *
   * @param callers number of callers
   * @param perDay exchanges expected in a day; callers' rates are half-normal
   */
  static Traffic of(int callers, long perDay, long seed) {
    if (callers > MOST_ACTORS) {
      Traffic some = of(MOST_ACTORS, perDay, seed);
      return new Traffic(some.scenario, callers);
    }
    Site site = World.FRAUD.build();
    Scenario.Builder builder = Scenario.of(seed);
    Instant end = Scenario.START.plus(Duration.ofDays(365));
    Rng rng = new Rng(seed).fork("rates");
    double mean = perDay / 24.0 / callers;
    double halfNormal = Math.sqrt(Math.PI / 2); // 1 / mean of |N(0, 1)|
    for (int i = 0; i < callers; i++) {
      double perHour = mean * Math.max(0.02, halfNormal * Math.abs(rng.gaussian()));
      CallerId caller = new CallerId("acme", "client-" + i);
      BenignKind habit = HABITS[i % HABITS.length];
      builder.add(Participant.benign(habit, caller, site, perHour, Scenario.START, end));
    }
    return new Traffic(builder.build(), callers);
  }

  /** The exchanges, without end for practical purposes, in order of time. */
  Iterator<Exchange> exchanges() {
    Iterator<Exchange> play = scenario.iterator();
    if (callers <= MOST_ACTORS) {
      return play;
    }
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return play.hasNext();
      }

      @Override
      public Exchange next() {
        Exchange exchange = play.next();
        next = (next + 1) % callers;
        return exchange.by(new CallerId(exchange.caller().tenant(), "client-" + next));
      }
    };
  }

  /** Writes a file in the native log format, gzip. */
  void write(Path file, long lines) throws IOException {
    NativeLog log = new NativeLog();
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), StandardCharsets.UTF_8),
            1 << 16)) {
      Iterator<Exchange> exchanges = exchanges();
      for (long i = 0; i < lines; i++) {
        out.write(log.line(exchanges.next()));
        out.write('\n');
      }
    }
  }
}

package io.vedette.lab;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A play of callers on the stage of some models: exchanges in order of time, the same at every
 * iteration, made one at a time (memory grows with participants and attack budgets, not with
 * length).
 */
public final class Scenario implements Iterable<Exchange> {

  /** When every scenario begins: a Monday, midnight UTC. */
  public static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private final long seed;
  private final Instant learnUntil;
  private final List<Participant> participants;

  private Scenario(long seed, Instant learnUntil, List<Participant> participants) {
    this.seed = seed;
    this.learnUntil = learnUntil;
    this.participants = participants;
  }

  /** A scenario to fill. */
  public static Builder of(long seed) {
    return new Builder(seed);
  }

  /** End of the learning period, {@link #START} when there is none. */
  public Instant learnUntil() {
    return learnUntil;
  }

  /** Who takes part, in order of addition. */
  public List<Participant> participants() {
    return participants;
  }

  /** Ground truth: the role of every account; an account shared by two keeps the attacker's. */
  public Map<CallerId, String> roles() {
    Map<CallerId, String> roles = new LinkedHashMap<>();
    for (Participant p : participants) {
      for (CallerId account : p.accounts()) {
        roles.merge(account, p.role(), (a, b) -> a.startsWith("attack:") ? a : b);
      }
    }
    return Collections.unmodifiableMap(roles);
  }

  @Override
  public Iterator<Exchange> iterator() {
    return new Play();
  }

  /** Collects participants. */
  public static final class Builder {
    private final long seed;
    private final List<Participant> participants = new ArrayList<>();
    private Instant learnUntil = START;

    private Builder(long seed) {
      this.seed = seed;
    }

    /** Adds somebody. */
    public Builder add(Participant participant) {
      participants.add(participant);
      return this;
    }

    /**
     * Adds a period of clean traffic at the start: of ten callers, six send independent rows, two
     * rows of one sub-population, one plays what-if (tables only) and one retries.
     *
     * @param tenant tenant of the callers {@code <model>-client-0} and so on
     * @param callers number of callers
     * @param rows expected number of exchanges in the period
     * @param period its length
     * @param until when these callers fall silent; the end of the period, or later to have them go
     *     on as background
     */
    public Builder learning(
        Site site, String tenant, int callers, int rows, Duration period, Instant until) {
      double perHour = rows / (double) callers / (period.toSeconds() / 3600.0);
      for (int i = 0; i < callers; i++) {
        CallerId caller = new CallerId(tenant, site.population().name() + "-client-" + i);
        add(Participant.benign(habit(site, i), caller, site, perHour, START, until));
      }
      Instant end = START.plus(period);
      learnUntil = end.isAfter(learnUntil) ? end : learnUntil;
      return this;
    }

    private static BenignKind habit(Site site, int i) {
      return switch (i % 10) {
        case 2, 7 -> BenignKind.SKEWED;
        case 4 -> BenignKind.WHAT_IF.fits(site) ? BenignKind.WHAT_IF : BenignKind.INDEPENDENT;
        case 9 -> BenignKind.RETRY;
        default -> BenignKind.INDEPENDENT;
      };
    }

    /** The finished scenario. */
    public Scenario build() {
      return new Scenario(seed, learnUntil, List.copyOf(participants));
    }
  }

  /** One participant's next call. */
  private static final class Source {
    private final int index;
    private final Participant participant;
    private final Rng arrivals;
    private final Rng latencies;
    private final long to;
    private @Nullable Actor actor;
    private @Nullable Query query;
    private final Rng rng;
    private long time;
    private long calls;

    Source(int index, Participant participant, Rng rng) {
      this.index = index;
      this.participant = participant;
      this.rng = rng;
      this.arrivals = rng.fork("arrivals");
      this.latencies = rng.fork("latencies");
      this.time = micros(participant.from());
      this.to = participant.to().equals(Instant.MAX) ? Long.MAX_VALUE : micros(participant.to());
    }

    /** Fetches the next call; false when the participant has left. */
    boolean advance() {
      if (actor == null) {
        actor = participant.actor().apply(rng.fork("actor"));
      }
      query = actor.next();
      if (query == null) {
        return false;
      }
      boolean session = query.pauseMicros() == Query.SESSION || calls == 0;
      time = session ? participant.pace().next(time, arrivals) : time + query.pauseMicros();
      calls++;
      return time < to;
    }

    private static long micros(Instant instant) {
      return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
  }

  /** One run of the play. */
  private final class Play implements Iterator<Exchange> {
    private final PriorityQueue<Source> queue =
        new PriorityQueue<>(
            (a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : a.index - b.index);
    private long count;

    Play() {
      Rng rng = new Rng(seed);
      for (int i = 0; i < participants.size(); i++) {
        queue.add(new Source(i, participants.get(i), rng.fork("participant-" + i)));
      }
      settle();
    }

    /** Wakes the participants whose start has come, so that the head of the queue has a call. */
    private void settle() {
      Source head = queue.peek();
      while (head != null && head.query == null) {
        queue.remove();
        if (head.advance()) {
          queue.add(head);
        }
        head = queue.peek();
      }
    }

    @Override
    public boolean hasNext() {
      return !queue.isEmpty();
    }

    @Override
    public Exchange next() {
      Source source = queue.poll();
      if (source == null || source.query == null) {
        throw new NoSuchElementException("the scenario has ended");
      }
      Exchange exchange = exchange(source, source.query);
      if (source.advance()) {
        queue.add(source);
      }
      settle();
      return exchange;
    }

    private Exchange exchange(Source source, Query query) {
      Participant p = source.participant;
      Victim victim = p.site().victim();
      int d = victim.features();
      List<Answer> answers = new ArrayList<>(query.rows());
      for (int r = 0; r < query.rows(); r++) {
        float[] row = Arrays.copyOfRange(query.values(), r * d, (r + 1) * d);
        float[] shares = victim.probabilities(row);
        answers.add(new Answer(victim.label(Vec.argMax(shares)), shares, Double.NaN));
      }
      count++;
      int account = p.account(source.calls - 1);
      return new Exchange(
          "lab-" + count,
          p.accounts().get(account),
          victim.model(),
          source.time,
          new Payload.Features(
              query.values(), query.rows(), d, p.site().population().shape(), List.of(), false),
          answers,
          null,
          null,
          200,
          (long) (3_000 + 4_000 * source.latencies.exponential()),
          0,
          0,
          null,
          query.subjectId(),
          new Exchange.Auth(
              p.manner().auth(), List.of("predict"), address(source.index, account, p.manner())),
          Map.of(),
          Map.of(),
          Exchange.Pairing.SINGLE_EVENT,
          new Origin("lab", 0, count));
    }

    /** An address of a documentation block (RFC 5737). */
    private static String address(int participant, int account, Participant.Manner manner) {
      int shared = manner.addresses();
      int n = participant * 7 + (shared > 0 ? account % shared : account);
      return (n / 250 % 2 == 0 ? "198.51.100." : "203.0.113.") + (1 + n % 250);
    }
  }
}

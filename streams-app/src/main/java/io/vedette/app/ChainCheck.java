package io.vedette.app;

import io.vedette.stream.ChainLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks the chains of incident records, told of them in order of partition and about in order of
 * time.
 *
 * <p>After a crash a service that works at least once writes its last records again, now and then
 * other ones than before. So a place in a chain may hold several records; each must follow one at
 * the place before. Where retention has deleted, records may be missing up to the time of the first
 * one that is left; nowhere else. Memory does not grow with the topic: what exceeds its bounds is a
 * break or, for a record that was written again, one that nothing may follow.
 */
final class ChainCheck {

  private static final int PLACES = 10_000; // of a chain, that a record may still follow
  private static final int MOST_WAITING = 1_000; // of a chain, for records of other partitions
  private static final int MOST_CHAINS = 1_000;
  private static final int MOST_AT_A_PLACE = 100; // records that say something else
  private static final int MOST_WRITERS = 100;

  private final Map<Integer, Boolean> cut; // partition: retention has deleted from it
  private final Map<Integer, Long> firstMillis = new HashMap<>();
  private final Set<Integer> linked = new HashSet<>();
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final Map<String, ChainRecord> writers = new LinkedHashMap<>();
  private long records;
  private long unlinked;
  private long repeated;
  private long differing;
  private long cuts;
  private long broken;
  private @Nullable Break first;

  /**
   * A check.
   *
   * @param cut for each partition whether it no longer begins at its first record
   */
  ChainCheck(Map<Integer, Boolean> cut) {
    this.cut = Map.copyOf(cut);
  }

  /**
   * Where the chain is broken.
   *
   * @param at the record at which it shows
   * @param reason what is wrong there
   */
  record Break(ChainRecord at, String reason) {}

  /**
   * How far a chain goes.
   *
   * @param chain its name
   * @param from place of its first record that is left
   * @param to its last place
   * @param hash of the last record there
   * @param at where that is
   */
  record Head(String chain, long from, long to, String hash, String at) {}

  /**
   * What was found.
   *
   * @param records records seen
   * @param unlinked records from before the chain began
   * @param repeated records that were written again
   * @param differing those of them that say something else than the first time
   * @param cuts places at which retention has cut
   * @param heads the chains
   * @param writers versions and settings that wrote, and the first record of each
   * @param broken number of breaks
   * @param first the first break, null when there is none
   */
  record Result(
      long records,
      long unlinked,
      long repeated,
      long differing,
      long cuts,
      List<Head> heads,
      Map<String, ChainRecord> writers,
      long broken,
      @Nullable Break first) {}

  /** Takes a record in. */
  void take(ChainRecord record) {
    records++;
    firstMillis.putIfAbsent(record.partition(), record.timeMillis());
    ChainLink link = record.link();
    if (link == null) {
      if (linked.contains(record.partition())) {
        broken(record, "it has no link, but records before it have");
      } else {
        unlinked++;
      }
      return;
    }
    linked.add(record.partition());
    if (!record.intact()) {
      broken(record, "it is not what was written: its hash is another");
    }
    if (writers.size() < MOST_WRITERS) {
      writers.putIfAbsent(link.writer(), record);
    }
    Chain chain = chains.get(link.chain());
    if (chain == null) {
      if (chains.size() == MOST_CHAINS) {
        broken(record, "there are more than " + MOST_CHAINS + " chains");
        return;
      }
      chain = new Chain();
      chains.put(link.chain(), chain);
    }
    if (chain.follows(link)) {
      accept(chain, record);
    } else {
      chain.waiting.computeIfAbsent(link.sequence(), place -> new ArrayList<>()).add(record);
      chain.waits++;
      settle(chain, MOST_WAITING);
    }
  }

  /** Ends the check. */
  Result finish() {
    chains.values().forEach(chain -> settle(chain, 0));
    List<Head> heads = new ArrayList<>();
    chains.forEach((name, chain) -> heads.add(chain.head(name)));
    return new Result(records, unlinked, repeated, differing, cuts, heads, writers, broken, first);
  }

  private static final Comparator<ChainRecord> EARLIEST =
      Comparator.comparingLong(ChainRecord::timeMillis)
          .thenComparingInt(ChainRecord::partition)
          .thenComparingLong(ChainRecord::offset);

  /** Gives up on what some records wait for, from the first place on. */
  private void settle(Chain chain, int most) {
    while (chain.waits > most) {
      List<ChainRecord> first = chain.waiting.firstEntry().getValue();
      ChainRecord record = first.remove(first.size() - 1);
      long place = chain.waiting.firstKey();
      chain.waits--;
      if (first.isEmpty()) {
        chain.waiting.remove(place);
      }
      if (place > 0 && mayBeCut(chain, place)) {
        cuts++;
      } else {
        broken(record, place > 0 ? chain.missing(place - 1) : beginning(record));
      }
      accept(chain, record);
    }
  }

  private static String beginning(ChainRecord record) {
    ChainLink link = record.link();
    return link != null && link.previous().equals(ChainLink.NONE)
        ? "it begins its chain twice"
        : "it is the first of its chain, but names one before it";
  }

  /** Whether the record before a place may be one that retention has deleted. */
  private boolean mayBeCut(Chain chain, long place) {
    Place known = chain.before(place);
    if (chain.places.containsKey(place - 1)) {
      return false; // it is there, and another
    }
    return cut.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(entry -> firstMillis.get(entry.getKey()))
        .anyMatch(
            left ->
                left == null
                    || (known == null ? chain.places.isEmpty() : left >= known.first.timeMillis()));
  }

  /** Puts a record in its place, and after it those that waited for it. */
  private void accept(Chain chain, ChainRecord record) {
    List<ChainRecord> next = new ArrayList<>(List.of(record));
    while (!next.isEmpty()) {
      ChainRecord one = next.remove(next.size() - 1);
      ChainLink link = one.link();
      if (link == null) {
        continue;
      }
      Place place = chain.places.get(link.sequence());
      if (place == null) {
        chain.add(one, link);
      } else {
        repeated++;
        differing += place.again(one, link.hash()) ? 1 : 0;
      }
      next.addAll(chain.released(link));
    }
  }

  private void broken(ChainRecord at, String reason) {
    broken++;
    if (first == null || EARLIEST.compare(at, first.at) < 0) {
      first = new Break(at, reason);
    }
  }

  /** A record that is kept, and its hash. */
  private record Kept(ChainRecord at, String hash) {}

  /** The records at one place of a chain. */
  private static final class Place {
    final ChainRecord first;
    final Set<String> hashes = new HashSet<>(2);
    Kept last;

    Place(ChainRecord first, String hash) {
      this.first = first;
      last = new Kept(first, hash);
      hashes.add(hash);
    }

    /** Takes another record in; true when it says something else than those before. */
    boolean again(ChainRecord record, String hash) {
      last = new Kept(record, hash);
      boolean differs = !hashes.contains(hash);
      if (differs && hashes.size() < MOST_AT_A_PLACE) {
        hashes.add(hash);
      }
      return differs;
    }
  }

  /** One chain. */
  private static final class Chain {
    final TreeMap<Long, Place> places = new TreeMap<>();
    final TreeMap<Long, List<ChainRecord>> waiting = new TreeMap<>();
    int waits;
    private long from = Long.MAX_VALUE;

    boolean follows(ChainLink link) {
      if (link.sequence() == 0) {
        boolean begins = places.isEmpty() || places.containsKey(0L); // again, after a crash
        return begins && link.previous().equals(ChainLink.NONE);
      }
      Place before = places.get(link.sequence() - 1);
      return before != null && before.hashes.contains(link.previous());
    }

    void add(ChainRecord record, ChainLink link) {
      places.put(link.sequence(), new Place(record, link.hash()));
      from = Math.min(from, link.sequence());
      if (places.size() > PLACES) {
        places.pollFirstEntry();
      }
    }

    /** Takes out what waited for a record. */
    List<ChainRecord> released(ChainLink link) {
      List<ChainRecord> all = waiting.get(link.sequence() + 1);
      if (all == null) {
        return List.of();
      }
      List<ChainRecord> released = new ArrayList<>();
      for (ChainRecord one : all) {
        ChainLink of = one.link();
        if (of != null && of.previous().equals(link.hash())) {
          released.add(one);
        }
      }
      all.removeAll(released);
      waits -= released.size();
      if (all.isEmpty()) {
        waiting.remove(link.sequence() + 1);
      }
      return released;
    }

    @Nullable Place before(long place) {
      Map.Entry<Long, Place> entry = places.lowerEntry(place);
      return entry == null ? null : entry.getValue();
    }

    String missing(long place) {
      Place there = places.get(place);
      return there == null
          ? "the record before it, at place " + place + " of its chain, is missing"
          : "it does not follow the record before it, " + there.first.place() + ", as that is now";
    }

    Head head(String name) {
      Map.Entry<Long, Place> last = places.lastEntry();
      return last == null
          ? new Head(name, 0, -1, ChainLink.NONE, "")
          : new Head(
              name,
              from,
              last.getKey(),
              last.getValue().last.hash,
              last.getValue().last.at.place());
    }
  }
}

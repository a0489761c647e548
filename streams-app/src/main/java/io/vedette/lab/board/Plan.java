package io.vedette.lab.board;

import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Venue;
import java.util.List;

/**
 * What the scoreboard runs.
 *
 * @param worlds where
 * @param attacks whose attacks; none for honest callers only
 * @param modes how attackers call
 * @param kinds honest callers; none for attacks only
 * @param runs campaigns per attack, world and mode
 * @param budget most queries of an attack, 0 for as many as it needs to reach its aim
 * @param callerDays days of honest callers in all, shared evenly by worlds and kinds
 * @param seed of everything
 * @param threads workers, at least 1
 * @param pradaDelta PRADA's threshold
 */
public record Plan(
    List<Venue> worlds,
    List<AttackKind> attacks,
    List<Mode> modes,
    List<BenignKind> kinds,
    int runs,
    int budget,
    int callerDays,
    long seed,
    int threads,
    double pradaDelta) {}

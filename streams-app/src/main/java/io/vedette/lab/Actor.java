package io.vedette.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who calls a model: gives one call after the other. */
@FunctionalInterface
public interface Actor {

  /** The next call, null when there are no more. */
  @Nullable Query next();

  /** Replays recorded rows, each as a session of its own. */
  static Actor replay(List<float[]> rows) {
    var iterator = rows.iterator();
    return () -> iterator.hasNext() ? Query.session(iterator.next()) : null;
  }

  /**
   * Hides one actor among the calls of another.
   *
   * @param hidden ends the mixture when it ends
   * @param share share of the hidden actor's calls, 0 to 1
   */
  static Actor covered(Actor hidden, Actor cover, double share, Rng rng) {
    return () -> {
      Query query = rng.chance(share) ? hidden.next() : cover.next();
      return query == null
          ? null
          : new Query(query.values(), query.rows(), query.subjectId(), Query.SESSION);
    };
  }
}

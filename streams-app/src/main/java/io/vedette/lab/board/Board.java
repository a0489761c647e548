package io.vedette.lab.board;

import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Trace;
import io.vedette.lab.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs a plan. Worlds are learnt once; each attack is recorded once per run and played in every
 * mode. The same plan gives the same results with any number of threads.
 */
public final class Board {

  private static final int GROUP = 20; // honest callers who are watched together
  private static final int DAYS = 3; // of a group
  private static final int PEERS_EVERY = 4; // groups; PRADA's cost grows with the square of calls

  private final Plan plan;
  private final Product product;
  private final Consumer<String> progress;

  /**
   * A scoreboard.
   *
   * @param product what is measured
   * @param progress told of finished parts, one line each, from one thread
   */
  public Board(Plan plan, Product product, Consumer<String> progress) {
    this.plan = plan;
    this.product = product;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @throws ExecutionException when a run failed
   */
  public Results run() throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(plan.threads());
    try {
      List<CampaignResult> campaigns = new ArrayList<>();
      List<BenignResult> benign = new ArrayList<>();
      for (Venue world : plan.worlds()) {
        Arena arena = Arena.of(world, product, plan.seed(), plan.pradaDelta());
        List<Future<List<CampaignResult>>> attacks = submit(pool, campaigns(arena));
        List<Future<BenignResult>> groups = submit(pool, groups(arena));
        int done = 0;
        for (Future<List<CampaignResult>> future : attacks) {
          campaigns.addAll(future.get());
          report(world, "attacks", ++done, attacks.size());
        }
        done = 0;
        for (Future<BenignResult> future : groups) {
          benign.add(future.get());
          report(world, "groups of honest callers", ++done, groups.size());
        }
      }
      return new Results(List.copyOf(campaigns), List.copyOf(benign));
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> List<Future<T>> submit(ExecutorService pool, List<Callable<T>> tasks) {
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      futures.add(pool.submit(task));
    }
    return futures;
  }

  private void report(Venue world, String what, int done, int all) {
    if (done == all || done * 10 / all != (done - 1) * 10 / all) {
      progress.accept(world.name() + ": " + done + " of " + all + " " + what);
    }
  }

  private List<Callable<List<CampaignResult>>> campaigns(Arena arena) {
    List<Callable<List<CampaignResult>>> tasks = new ArrayList<>();
    for (AttackKind kind : plan.attacks()) {
      for (int run = 0; kind.suits(arena.site()) && run < plan.runs(); run++) {
        String name = kind.id() + '-' + run;
        tasks.add(() -> campaigns(arena, kind, name));
      }
    }
    return tasks;
  }

  private List<CampaignResult> campaigns(Arena arena, AttackKind kind, String run) {
    int budget = plan.budget() > 0 ? plan.budget() : kind.budget(arena.site());
    Trace trace = kind.record(arena.site(), arena.seed(run), budget);
    List<CampaignResult> results = new ArrayList<>();
    for (Mode mode : plan.modes()) {
      results.add(CampaignTrial.run(arena, trace, mode, arena.seed(run + '-' + mode.id())));
    }
    return results;
  }

  private List<Callable<BenignResult>> groups(Arena arena) {
    List<Callable<BenignResult>> tasks = new ArrayList<>();
    List<BenignKind> kinds = plan.kinds().stream().filter(k -> k.fits(arena.site())).toList();
    int left = plan.callerDays() / plan.worlds().size();
    for (int k = 0; k < kinds.size(); k++) {
      BenignKind kind = kinds.get(k);
      int share = left / kinds.size() + (k < left % kinds.size() ? 1 : 0);
      int callers = (share + DAYS - 1) / DAYS;
      for (int group = 0; callers > 0; group++) {
        int size = Math.min(GROUP, callers);
        callers -= size;
        long seed = arena.seed(kind.id() + '-' + group);
        boolean peers = group % PEERS_EVERY == 0;
        tasks.add(() -> BenignTrial.run(arena, kind, size, DAYS, seed, peers));
      }
    }
    return tasks;
  }
}

package io.vedette.app.board;

import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.DataVenue;
import io.vedette.lab.Venue;
import io.vedette.lab.World;
import io.vedette.lab.board.Board;
import io.vedette.lab.board.Mode;
import io.vedette.lab.board.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what the service finds and whom it accuses wrongly, beside two published rules. */
@Command(
    name = "scoreboard",
    mixinStandardHelpOptions = true,
    description =
        "Runs the attacks of the lab in every mode, and honest callers by the day, through the"
            + " engines of the service, beside a counter rule and PRADA on the same traffic; prints"
            + " what is found, after how many queries, and who is accused wrongly.")
public final class ScoreboardCommand implements Callable<Integer> {

  private static final int MOST_THREADS = 64;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Which models. */
  enum Worlds {
    OPEN,
    HELD_OUT
  }

  @Option(
      names = "--worlds",
      defaultValue = "open",
      paramLabel = "open|held-out",
      description =
          "models that detectors may be tuned on, or those that they may not; attacks that are held"
              + " out run on the latter only")
  private String worlds = "open";

  @Option(names = "--seed", defaultValue = "1", description = "seed of everything; default 1")
  private long seed = 1;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "campaigns per attack, model and mode; 0 for none; default 3")
  private int runs = 3;

  @Option(
      names = "--caller-days",
      defaultValue = "3000",
      paramLabel = "N",
      description = "days of honest callers, 0 for none; default 3000")
  private int callerDays = 3_000;

  @Option(
      names = "--budget",
      defaultValue = "0",
      description = "most queries of an attack; by default as many as it needs to reach its aim")
  private int budget;

  @Option(
      names = "--world",
      split = ",",
      paramLabel = "WORLD",
      description = "only these models, open or not: ${COMPLETION-CANDIDATES}")
  private World @Nullable [] world;

  @Option(
      names = "--data",
      paramLabel = "FILE[:label=COLUMN][:side=PIXELS][:model=linear|tree|network]",
      converter = DataOption.class,
      description =
          "instead of the lab's models, one that is trained on your rows (commas between, no quotes,"
              + " .gz too) and asked about rows like them; the class is the last column or the one"
              + " named; side is for square grey pictures; may be given again")
  private DataVenue @Nullable [] data;

  @Option(
      names = "--attacks",
      split = ",",
      paramLabel = "ATTACK",
      description = "only these attacks, held out or not: ${COMPLETION-CANDIDATES}")
  private AttackKind @Nullable [] attacks;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      description = "only these modes: ${COMPLETION-CANDIDATES}")
  private Mode @Nullable [] modes;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "only these honest callers: ${COMPLETION-CANDIDATES}")
  private BenignKind @Nullable [] kinds;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "workers, 1 to 64; the results do not depend on it; default 2")
  private int threads = 2;

  @Option(
      names = "--prada-delta",
      defaultValue = "0.90",
      description = "PRADA's threshold; default 0.90, the least that is published")
  private double pradaDelta = 0.90;

  @Option(
      names = "--registered",
      description =
          "each model's sensitive feature is marked and its training rows are registered, as their"
              + " owner may do; by default the service knows nothing of either")
  private boolean registered;

  @Option(names = "--markdown", description = "tables in Markdown")
  private boolean markdown;

  @Option(names = "--json", description = "all figures as JSON")
  private boolean json;

  /** For the command line. */
  public ScoreboardCommand() {}

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    check(runs >= 0 && callerDays >= 0, "--runs and --caller-days must be at least 0");
    check(budget >= 0, "--budget must be at least 0, was " + budget);
    check(
        threads >= 1 && threads <= MOST_THREADS,
        "--threads must be 1 to " + MOST_THREADS + ", was " + threads);
    check(
        pradaDelta > 0 && pradaDelta < 1, "--prada-delta must be inside (0, 1), was " + pradaDelta);
    Plan plan = plan();
    var err = spec.commandLine().getErr();
    Board board =
        new Board(
            plan,
            new Vedette(registered),
            line -> {
              err.println(line);
              err.flush();
            });
    Report report = new Report(board.run(), title(plan));
    spec.commandLine()
        .getOut()
        .print(json ? report.json() : markdown ? report.markdown() : report.text());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Plan plan() {
    boolean heldOut = family() == Worlds.HELD_OUT;
    List<Venue> chosen = venues(heldOut);
    List<AttackKind> kindsOfAttack =
        attacks != null
            ? List.of(attacks)
            : Arrays.stream(AttackKind.values()).filter(a -> heldOut || !a.heldOut()).toList();
    return new Plan(
        chosen,
        runs == 0 ? List.of() : kindsOfAttack,
        List.of(modes == null ? Mode.values() : modes),
        callerDays == 0 ? List.of() : List.of(kinds == null ? BenignKind.values() : kinds),
        runs,
        budget,
        callerDays,
        seed,
        threads,
        pradaDelta);
  }

  private List<Venue> venues(boolean heldOut) {
    if (data != null && world != null) {
      throw new ParameterException(
          spec.commandLine(), "--data names models by itself, it cannot be given with --world");
    }
    return data != null
        ? List.of(data)
        : world != null ? List.of(world) : List.copyOf(World.family(heldOut));
  }

  private Worlds family() {
    return switch (worlds.toLowerCase(Locale.ROOT)) {
      case "open" -> Worlds.OPEN;
      case "held-out" -> Worlds.HELD_OUT;
      default ->
          throw new ParameterException(
              spec.commandLine(), "--worlds must be open or held-out, was " + worlds);
    };
  }

  private static String title(Plan plan) {
    return String.format(
        Locale.ROOT,
        "worlds %s; seed %d; %d campaigns per attack, world and mode; %d caller-days asked for",
        plan.worlds().stream().map(Venue::name).toList(),
        plan.seed(),
        plan.runs(),
        plan.callerDays());
  }

  private void check(boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}

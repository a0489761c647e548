package io.vedette.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.TerminalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes an analyst's verdict. */
@Command(
    name = "verdict",
    description =
        "Writes a verdict on an incident. With --until, a false positive or benign verdict makes an"
            + " exception that ends then: for the incident's caller, model and detector, unless"
            + " options say otherwise; where it has several, they must say which."
            + " Asks a service, or writes the topic with --config.")
final class VerdictCommand implements Callable<Integer> {

  private static final List<String> KINDS =
      List.of("true-positive", "false-positive", "benign", "duplicate", "test");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ApiTarget target = new ApiTarget();

  @Parameters(paramLabel = "ID", description = "incident that was judged")
  private String id = "";

  @Option(
      names = "--as",
      required = true,
      paramLabel = "VERDICT",
      description = "true-positive, false-positive, benign, duplicate or test")
  private String kind = "";

  @Option(names = "--note", paramLabel = "TEXT", description = "why, at most 4000 characters")
  private @Nullable String note;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "end of the exception: 2026-03-01T00:00:00Z, or a time from now such as P7D")
  private @Nullable String until;

  @Option(names = "--principal", paramLabel = "NAME", description = "exception for this member")
  private @Nullable String principal;

  @Option(names = "--detector", paramLabel = "ID", description = "exception for this detector")
  private @Nullable String detector;

  @Option(names = "--any-caller", description = "exception for all callers of the tenant")
  private boolean anyCaller;

  @Option(names = "--any-detector", description = "exception for all detectors")
  private boolean anyDetector;

  @Option(
      names = "--any-model",
      description = "exception for all models; with --any-caller it needs the role admin")
  private boolean anyModel;

  @Option(names = "--json", description = "the verdict as JSON, for scripts")
  private boolean json;

  @Override
  public Integer call() throws IOException, SettingsException {
    if (!KINDS.contains(kind)) {
      throw wrong("--as must be one of " + String.join(", ", KINDS) + ", was " + kind);
    }
    if (anyCaller && principal != null) {
      throw wrong("--any-caller and --principal do not go together");
    }
    if (anyDetector && detector != null) {
      throw wrong("--any-detector and --detector do not go together");
    }
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.put("verdict", kind.toUpperCase(Locale.ROOT).replace('-', '_'));
    if (note != null) {
      body.put("note", note);
    }
    if (until != null) {
      body.put("until", end(until).toString());
    }
    ObjectNode scope = scope();
    if (!scope.isEmpty()) {
      body.set("scope", scope);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Api api = target.open(spec, System.getenv(), false)) {
      String written =
          api.post("/api/incidents/" + ApiTarget.segment(id) + "/verdict", body.toString());
      out.print(json ? TerminalJson.line(written) : "verdict written: " + kind + '\n');
      out.flush();
    }
    return 0;
  }

  /** What was said of the scope; a null part stands for all. */
  private ObjectNode scope() {
    ObjectNode scope = new ObjectMapper().createObjectNode();
    if (anyCaller || principal != null) {
      scope.put("principal", principal);
    }
    if (anyModel) {
      scope.putNull("model");
    }
    if (anyDetector || detector != null) {
      scope.put("detector", detector);
    }
    return scope;
  }

  private Instant end(String text) {
    try {
      return text.startsWith("P") ? Instant.now().plus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--until must be a time such as 2026-03-01T00:00:00Z or P7D, was " + text,
          e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

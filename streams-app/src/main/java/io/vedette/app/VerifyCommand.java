package io.vedette.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.edge.cli.TerminalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks that the incident records are those that were written. */
@Command(
    name = "verify",
    description =
        "Checks the hash chain of the incident records: of the topic, or of a replay's file. Names"
            + " the first record that was changed, or before which one is missing. Exit 0 when the"
            + " chain is whole, 1 when it is broken.")
final class VerifyCommand implements Callable<Integer> {

  private static final int BROKEN = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** What is checked. */
  static final class Source {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "settings of a Kafka: checks its topic of incidents; reads only")
    private @Nullable Path config;

    @Option(
        names = "--in",
        required = true,
        paramLabel = "FILE",
        description = "a replay's incidents.jsonl, its chain beside it")
    private @Nullable Path file;
  }

  @Option(names = "--json", description = "one JSON object, for scripts")
  private boolean json;

  @Override
  public Integer call() throws IOException, SettingsException {
    Path file = source.file;
    return file == null ? topic(SettingsLoader.load(source.config, System.getenv())) : lines(file);
  }

  private int lines(Path file) throws IOException {
    Path chain = LineChain.beside(file);
    if (!Files.isReadable(file) || !Files.isReadable(chain)) {
      throw new ParameterException(
          spec.commandLine(), "--in must be a file with a chain beside it: " + file + ", " + chain);
    }
    LineChain.Result found = LineChain.check(file);
    boolean whole = found.broken() == 0;
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("whole", whole).put("records", found.lines()).put("hash", found.hash());
    String text = String.format(Locale.ROOT, "%d lines, hash %s%n", found.lines(), found.hash());
    if (!whole) {
      result.put("brokenAt", file + ":" + found.broken()).put("reason", found.reason());
      text += "broken at " + file + ':' + found.broken() + ": " + found.reason() + '\n';
    }
    return print(whole, text, result);
  }

  private int topic(Settings settings) throws IOException {
    String topic = settings.topics().incidents();
    try (RetainedRecords<ChainRecord> records =
        new RetainedRecords<>(
            settings, List.of(topic), null, ChainRecord::of, ChainRecord::timeMillis)) {
      Map<Integer, Boolean> cut = new HashMap<>();
      records.begins().forEach((partition, begin) -> cut.put(partition.partition(), begin > 0));
      ChainCheck check = new ChainCheck(cut);
      records.forEach(check::take);
      ChainCheck.Result found = check.finish();
      return print(found.first() == null, text(found), json(found));
    }
  }

  private int print(boolean whole, String text, ObjectNode result) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? TerminalJson.line(result.toString()) : text);
    out.flush();
    return whole ? 0 : BROKEN;
  }

  private static String text(ChainCheck.Result found) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d records: %d older than the chain, %d written again (%d of them differ),"
                + " %d cuts by retention%n",
            found.records(),
            found.unlinked(),
            found.repeated(),
            found.differing(),
            found.cuts()));
    for (ChainCheck.Head head : found.heads()) {
      text.append(
          String.format(
              Locale.ROOT,
              "chain %s: %d to %d, last %s, hash %s%n",
              head.chain(),
              head.from(),
              head.to(),
              head.at(),
              head.hash()));
    }
    found
        .writers()
        .forEach(
            (writer, first) ->
                text.append("settings ")
                    .append(clean(writer))
                    .append(": from ")
                    .append(first.place())
                    .append(", ")
                    .append(Instant.ofEpochMilli(first.timeMillis()))
                    .append('\n'));
    ChainCheck.Break broken = found.first();
    if (broken != null) {
      text.append("broken at ").append(broken.at().place()).append(": ").append(broken.reason());
      text.append(String.format(Locale.ROOT, "; %d breaks in all%n", found.broken()));
    }
    return text.toString();
  }

  private static String clean(String writer) {
    return writer.replaceAll("[^!-~]+", " ");
  }

  private static ObjectNode json(ChainCheck.Result found) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ChainCheck.Break broken = found.first();
    json.put("whole", broken == null).put("records", found.records());
    json.put("unlinked", found.unlinked()).put("repeated", found.repeated());
    json.put("differing", found.differing()).put("cuts", found.cuts());
    var chains = json.putArray("chains");
    for (ChainCheck.Head head : found.heads()) {
      ObjectNode one = chains.addObject().put("chain", head.chain()).put("from", head.from());
      one.put("to", head.to()).put("hash", head.hash()).put("at", head.at());
    }
    var writers = json.putArray("writers");
    found
        .writers()
        .forEach(
            (writer, first) ->
                writers
                    .addObject()
                    .put("writer", writer)
                    .put("from", first.place())
                    .put("time", Instant.ofEpochMilli(first.timeMillis()).toString()));
    json.put("breaks", found.broken());
    if (broken != null) {
      json.put("brokenAt", broken.at().place()).put("reason", broken.reason());
    }
    return json;
  }
}

package io.vedette.app;

import io.vedette.core.Payload;
import io.vedette.detect.membership.Fingerprints;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the file of fingerprints of training rows and decoys. */
@Command(
    name = "fingerprints",
    description =
        "Makes the keyed fingerprints of the rows that models were trained on, and of decoys, for"
            + " detectors.membership.fingerprints. Rows are lines of the native log format, of which"
            + " only model and input count.")
final class FingerprintsCommand implements Callable<Integer> {

  private static final int FEWEST_SECRET = 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--training",
      arity = "1..*",
      paramLabel = "FILE",
      description = "rows that models were trained on, gzip by file name")
  private List<String> training = List.of();

  @Option(
      names = "--decoys",
      arity = "1..*",
      paramLabel = "FILE",
      description = "made-up rows that lie only where the training data lie")
  private List<String> decoys = List.of();

  @Option(
      names = "--secret-file",
      required = true,
      paramLabel = "FILE",
      description = "holds the secret, 16 characters at least")
  private @Nullable Path secretFile;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "where the fingerprints go")
  private @Nullable Path out;

  private long rows;

  @Override
  public Integer call() throws IOException {
    if (secretFile == null || out == null || (training.isEmpty() && decoys.isEmpty())) {
      throw new ParameterException(spec.commandLine(), "give --training, --decoys, or both");
    }
    String secret = Files.readString(secretFile, StandardCharsets.UTF_8).strip();
    if (secret.length() < FEWEST_SECRET) {
      throw new ParameterException(
          spec.commandLine(), "--secret-file must hold 16 characters or more");
    }
    Fingerprints.Builder builder = new Fingerprints.Builder(secret);
    read(training, false, builder);
    read(decoys, true, builder);
    try (DataOutputStream target =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(out)))) {
      builder.build().write(target);
    }
    spec.commandLine().getOut().printf("%d rows in %s%n", rows, out);
    return rows == 0 ? 1 : 0;
  }

  private void read(List<String> files, boolean decoy, Fingerprints.Builder builder)
      throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Input input =
        new Input(
            files,
            exchange -> {
              if (exchange.input() instanceof Payload.Features features) {
                builder.add(exchange.model().name(), features, decoy);
                rows += features.rows();
              }
            },
            letter ->
                spec.commandLine()
                    .getErr()
                    .printf("%s:%d: %s%n", letter.file(), letter.line(), letter.reason()));
    input.read();
  }
}

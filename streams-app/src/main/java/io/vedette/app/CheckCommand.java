package io.vedette.app;

import io.vedette.edge.forward.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a health page, so that images need neither a shell nor curl. */
@Command(
    name = "check",
    description =
        "Asks a health page of a running service; exits with 0 when it answers 200, else with 1.")
final class CheckCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8080/health/ready",
      description = "page to ask, default ${DEFAULT-VALUE}")
  private URI url = URI.create("http://127.0.0.1:8080/health/ready");

  @Option(
      names = "--timeout",
      defaultValue = "PT5S",
      paramLabel = "ISO",
      description = "longest wait for the answer, default ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to trust; default those of Java")
  private @Nullable Path trust;

  @Override
  public Integer call() throws InterruptedException, IOException {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new ParameterException(
          spec.commandLine(), "--url must be an http or https address, was " + url);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--timeout must be above PT0S and at most PT10M, was " + timeout);
    }
    HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).GET().build();
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
    if (trust != null) {
      builder.sslContext(TlsFiles.context(trust, null, ""));
    }
    HttpClient client = builder.build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      spec.commandLine().getOut().println(url + " answered " + status);
      return status == 200 ? 0 : 1;
    } catch (IOException e) {
      spec.commandLine().getErr().println(url + " did not answer: " + e.getClass().getSimpleName());
      return 1;
    }
  }
}

package io.vedette.app.bench;

import io.vedette.edge.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The embedded broker in a JVM of its own, so that its CPU time is not the application's. */
final class BrokerProcess implements AutoCloseable {

  private static final String ADDRESS = "bootstrap";
  private static final long START_MILLIS = 60_000;
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final String bootstrap;

  private BrokerProcess(Process process, String bootstrap) {
    this.process = process;
    this.bootstrap = bootstrap;
  }

  /** Runs a broker until standard input ends, as it does when the parent dies. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    var config = new EmbeddedBroker.Config(directory.resolve("broker"), 0, Map.of());
    try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
      Path written = Files.writeString(directory.resolve("starting"), broker.bootstrapServers());
      Files.move(written, directory.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE);
      System.in.transferTo(OutputStream.nullOutputStream()); // the parent writes nothing
    }
    System.exit(0);
  }

  /**
   * Starts a broker with this JVM's class path.
   *
   * @param directory where it keeps its data
   */
  static BrokerProcess start(Path directory) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Dvedette.log.level=ERROR",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            directory.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path address = directory.resolve(ADDRESS);
    for (long waited = 0; waited < START_MILLIS && process.isAlive(); waited += POLL_MILLIS) {
      if (Files.exists(address)) {
        return new BrokerProcess(process, Files.readString(address));
      }
      Thread.sleep(POLL_MILLIS);
    }
    process.destroyForcibly();
    throw new IllegalStateException("broker did not start");
  }

  String bootstrap() {
    return bootstrap;
  }

  /** CPU time so far, microseconds. */
  long cpuMicros() {
    return process.info().totalCpuDuration().map(d -> d.toNanos() / 1000).orElse(0L);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package io.vedette.edge.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller inside this JVM, reachable from this machine only.
 *
 * <p>It is made of Kafka's production classes, keeps its data in one directory, and finds it again
 * there after a restart, whatever the port. Plain text, no authentication, one replica.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /**
   * Where a broker keeps its data, where it listens, and what differs from {@link
   * BrokerProperties}.
   *
   * @param directory made if missing, kept on close; null for a temporary one, deleted on close
   * @param port 1 to 65535 on 127.0.0.1, or 0 for a free one
   * @param overrides broker properties; those that say who and where the broker is are refused
   */
  public record Config(@Nullable Path directory, int port, Map<String, String> overrides) {
    public Config {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
      }
      overrides = Map.copyOf(overrides);
      BrokerProperties.checkOverrides(overrides.keySet());
    }

    /** A temporary directory, a free port, no overrides. */
    public static Config temporary() {
      return new Config(null, 0, Map.of());
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final Ports ports;
  private final Path directory;
  private final boolean temporary;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, Ports ports, Path directory, boolean temporary) {
    this.server = server;
    this.ports = ports;
    this.directory = directory;
    this.temporary = temporary;
  }

  /** Starts a broker in a temporary directory on a free port. */
  public static EmbeddedBroker start() {
    return start(Config.temporary());
  }

  /**
   * Starts a broker and returns when it serves clients; about two seconds in a fresh JVM.
   *
   * @throws IllegalStateException if the given port is taken or the broker cannot start
   */
  public static EmbeddedBroker start(Config config) {
    return start(config, Ports::choose);
  }

  static EmbeddedBroker start(Config config, IntFunction<Ports> choice) {
    Path given = config.directory();
    Path directory = given == null ? temporaryDirectory() : given.toAbsolutePath();
    boolean started = false;
    try {
      format(directory);
      EmbeddedBroker broker = startFormatted(config, choice, directory, given == null);
      started = true;
      return broker;
    } finally {
      if (!started && given == null) {
        deleteTree(directory);
      }
    }
  }

  private static EmbeddedBroker startFormatted(
      Config config, IntFunction<Ports> choice, Path directory, boolean temporary) {
    for (int attempt = 1; ; attempt++) {
      Ports ports = choice.apply(config.port());
      try {
        KafkaRaftServer server = launch(ports, directory, config.overrides());
        LOG.info(
            "embedded broker started: bootstrap={} directory={}", ports.bootstrap(), directory);
        return new EmbeddedBroker(server, ports, directory, temporary);
      } catch (RuntimeException e) {
        // A free port may be taken by someone else before Kafka binds it; any other failure stays.
        if (attempt == ATTEMPTS || ports.free()) {
          throw new IllegalStateException("broker did not start in " + directory, e);
        }
      }
    }
  }

  // Kafka halts the JVM when a start fails. While we start, it must throw instead, so that a lost
  // port costs a retry and not the process. The switch is process-wide: one start at a time.
  private static synchronized KafkaRaftServer launch(
      Ports ports, Path directory, Map<String, String> overrides) {
    Properties properties = BrokerProperties.of(ports, directory);
    properties.putAll(overrides);
    Exit.setHaltProcedure((status, message) -> {});
    Exit.setExitProcedure((status, message) -> {});
    try {
      var server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
      try {
        server.startup();
      } catch (RuntimeException e) {
        server.shutdown();
        server.awaitShutdown();
        throw e;
      }
      return server;
    } finally {
      Exit.resetHaltProcedure();
      Exit.resetExitProcedure();
    }
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return; // formatted by an earlier start: its data stays
    }
    try (var silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Files.createDirectories(directory);
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE_ID)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER)
          .setIgnoreFormatted(true)
          .setPrintStream(silence)
          .run();
    } catch (Exception e) { // the formatter declares no narrower type
      throw new IllegalStateException("broker directory cannot be formatted: " + directory, e);
    }
  }

  /** The address for {@code bootstrap.servers}, as {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return ports.bootstrap();
  }

  /** The directory that holds the data. */
  public Path directory() {
    return directory;
  }

  /** Stops the broker, then deletes a temporary directory; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // In this order: a broker that loses its directory while it runs halts the process.
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      deleteTree(directory);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("vedette-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path root) {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("temporary broker directory not deleted: {}", root, e);
    }
  }
}

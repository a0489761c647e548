package io.vedette.edge.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry inside this JVM, reachable from this machine only, for Avro clients that speak
 * Confluent's REST protocol.
 *
 * <p>It keeps its schemas in the compacted topic {@value #TOPIC}, so ids survive a restart. It has
 * no authentication and ignores credentials; schema references, other schema types and deletion are
 * not supported. Protected subjects are FULL_TRANSITIVE and no client can change that.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  /** The topic that holds the schemas. */
  public static final String TOPIC = "_schemas";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 64; // connections that wait to be accepted

  private final SchemaLog log;
  private final BoundedExecutor executor;
  private final HttpServer server;

  private EmbeddedRegistry(SchemaLog log, int port, Set<String> protectedSubjects) {
    this.log = log;
    var routes = new RegistryRoutes(new Registry(log, protectedSubjects));
    this.server = bind(port);
    this.executor = new BoundedExecutor();
    server.setExecutor(executor);
    server.createContext("/", new RegistryHandler(routes));
    server.start();
    LOG.info("embedded schema registry started: url={}", url());
  }

  /**
   * Starts a registry that keeps its schemas in Kafka.
   *
   * @param bootstrapServers a running broker
   * @param port 1 to 65535 on 127.0.0.1, or 0 for a free one
   * @param protectedSubjects subjects whose level stays FULL_TRANSITIVE
   * @throws IllegalStateException if the port is taken or the topic cannot be made or read
   */
  public static EmbeddedRegistry start(
      String bootstrapServers, int port, Set<String> protectedSubjects) {
    return open(() -> new TopicSchemaLog(bootstrapServers, TOPIC), port, protectedSubjects);
  }

  /** Starts a registry that forgets its schemas when it closes; it needs no broker. */
  public static EmbeddedRegistry inMemory(int port, Set<String> protectedSubjects) {
    return open(SchemaLog::none, port, protectedSubjects);
  }

  private static EmbeddedRegistry open(
      Supplier<SchemaLog> schemas, int port, Set<String> protectedSubjects) {
    // Before anything else is said: the clients that read the topic say much.
    LOG.warn("embedded schema registry: for one machine only, not for production");
    SchemaLog log = schemas.get();
    try {
      return new EmbeddedRegistry(log, port, protectedSubjects);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static HttpServer bind(int port) {
    // The JDK's server sends head and body of an answer apart, and without this every client waits
    // 40 ms for the body. It is read once, when the first server of the process is made.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      return HttpServer.create(new InetSocketAddress(Ports.loopback(), port), BACKLOG);
    } catch (IOException e) {
      throw new IllegalStateException("port " + port + " on " + Ports.LOOPBACK + " is taken", e);
    }
  }

  /** The value for {@code schema.registry.url}. */
  public String url() {
    return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort();
  }

  /** Stops answering, then closes its Kafka clients; the schemas stay in the topic. */
  @Override
  public void close() {
    server.stop(0);
    executor.close();
    log.close();
  }
}

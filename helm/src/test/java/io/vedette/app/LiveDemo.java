package io.vedette.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo in a thread of this process: a real broker, a real service, real traffic. */
public final class LiveDemo implements AutoCloseable {

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{(.*)})? ");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\"]*)\"");

  private final PrintStream before = System.out;
  private final int port;
  private final Thread thread;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts it. */
  public LiveDemo() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    thread =
        new Thread(
            () -> Main.execute("demo", "--duration", "PT3M", "--port", Integer.toString(port)),
            "demo");
    thread.setDaemon(true);
    thread.start();
  }

  /** What {@code /metrics} answers, empty while nobody does. */
  public Optional<String> scrape() throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    try {
      return Optional.of(
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Names of the metrics in a scrape, their labels, and the values of these. */
  public static Map<String, Map<String, Set<String>>> samples(String scrape) {
    Map<String, Map<String, Set<String>>> names = new TreeMap<>();
    Matcher samples = SAMPLE.matcher(scrape);
    while (samples.find()) {
      Map<String, Set<String>> labels =
          names.computeIfAbsent(samples.group(1), name -> new TreeMap<>());
      Matcher pairs = LABEL.matcher(samples.group(2) == null ? "" : samples.group(2));
      while (pairs.find()) {
        labels.computeIfAbsent(pairs.group(1), label -> new TreeSet<>()).add(pairs.group(2));
      }
    }
    return names;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.setOut(before);
  }
}

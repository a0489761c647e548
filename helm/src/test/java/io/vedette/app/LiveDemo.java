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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo in a thread of this process: a real broker, a real service, real traffic. */
public final class LiveDemo implements AutoCloseable {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_][a-zA-Z0-9_]*)[ {]");

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

  /** Names of the metrics in a scrape. */
  public static Set<String> names(String scrape) {
    Set<String> names = new TreeSet<>();
    Matcher samples = SAMPLE.matcher(scrape);
    while (samples.find()) {
      names.add(samples.group(1));
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

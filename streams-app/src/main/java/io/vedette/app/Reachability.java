package io.vedette.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Asks whether anybody listens where the brokers should be, because Kafka's client only waits. */
final class Reachability {

  private static final int TIMEOUT_MS = 3000; // per address

  private Reachability() {}

  /**
   * Why no address of a bootstrap list takes a connection; empty when one does or when the list
   * cannot be understood, which is then Kafka's to tell.
   */
  static String problem(String bootstrapServers) {
    List<String> problems = new ArrayList<>();
    for (String address : bootstrapServers.split(",")) {
      int colon = address.lastIndexOf(':');
      if (colon < 0 || !address.substring(colon + 1).strip().matches("\\d{1,5}")) {
        return "";
      }
      String host = address.substring(0, colon).strip().replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(address.substring(colon + 1).strip());
      if (port > 65_535) {
        return "";
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
        return "";
      } catch (IOException e) {
        problems.add(address.strip() + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    return String.join("; ", problems);
  }
}

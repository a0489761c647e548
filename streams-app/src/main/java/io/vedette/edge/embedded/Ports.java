package io.vedette.edge.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The two ports of an embedded broker, chosen before it starts because a static quorum voter needs
 * a known one. Another process may take them in between: the caller tries again.
 */
record Ports(int client, int controller) {

  static final String LOOPBACK = "127.0.0.1";

  /**
   * The given client port, or a free one for 0, and a free controller port.
   *
   * @throws IllegalStateException if the given port is taken
   */
  static Ports choose(int client) {
    // Both are held open until both are known, so that they differ.
    try (ServerSocket first = bind(client);
        ServerSocket second = bind(0)) {
      return new Ports(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException("port " + client + " on " + LOOPBACK + " is taken", e);
    }
  }

  /** Whether both ports are free now. */
  boolean free() {
    try (ServerSocket first = bind(client);
        ServerSocket second = bind(controller)) {
      return first.isBound() && second.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  String bootstrap() {
    return LOOPBACK + ":" + client;
  }

  private static ServerSocket bind(int port) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true); // a port that an earlier broker has just left is free
      socket.bind(new InetSocketAddress(loopback(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}

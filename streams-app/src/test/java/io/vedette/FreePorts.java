package io.vedette;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on the loopback address that are free now. They are below those which systems give to
 * sockets that do not ask for one, so that none of the many sockets of tests in other processes
 * takes one away before it is bound.
 */
public final class FreePorts {

  private static final int FIRST = 10_000;
  private static final int AFTER_LAST = 32_000;
  private static final int ATTEMPTS = 1000;

  private FreePorts() {}

  /** One port. */
  public static int one() {
    return some(1).get(0);
  }

  /** Ports that are all different. */
  public static List<Integer> some(int count) {
    Set<Integer> ports = new LinkedHashSet<>();
    for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException("no " + count + " ports are free from 10000 to 31999");
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

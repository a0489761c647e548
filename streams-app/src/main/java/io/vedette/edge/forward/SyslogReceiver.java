package io.vedette.edge.forward;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sends syslog over TCP or TLS.
 *
 * <p>Syslog has no acknowledgement, and TCP's only says that the other kernel has the bytes. So
 * each delivery has a connection of its own: it writes, ends its half, and waits until the receiver
 * ends the other. A receiver does that when it has read everything; when it dies with bytes unread,
 * its kernel resets the connection, and the delivery is repeated. When it dies with all bytes read
 * and not yet worked off, its kernel ends the connection as if all were well. So a delivery counts
 * only when the receiver ends one more connection, an empty one, afterwards. That it can be reached
 * is not enough: Linux closes a killed process's files last opened first, so its listener takes
 * connections for a moment after the delivery's has ended, and then resets them. Blind spot: a
 * receiver that is killed and has a successor before the empty connection is made.
 */
public final class SyslogReceiver implements Receiver {

  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_ANSWER = 65_536; // bytes; syslog receivers say nothing

  private final String host;
  private final int port;
  private final @Nullable SSLContext tls;
  private final SyslogFormat format;
  private final int timeoutMillis;

  /**
   * A receiver.
   *
   * @param tls null for plain TCP; the receiver's name is checked against its certificate
   * @param timeout for connecting, and for the receiver to end the connection
   */
  public SyslogReceiver(
      String host, int port, @Nullable SSLContext tls, SyslogFormat format, Duration timeout) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.format = format;
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  @Override
  public void deliver(List<Message> messages) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 65_536);
      for (Message message : messages) {
        out.write(format.frame(message));
      }
      out.flush();
      end(socket);
    }
    try (Socket alive = connect()) {
      end(alive);
    }
  }

  /** Ends our half and waits until the receiver has ended the other. */
  private static void end(Socket socket) throws IOException {
    socket.shutdownOutput();
    InputStream in = socket.getInputStream();
    byte[] ignored = new byte[1024];
    int total = 0;
    for (int n = in.read(ignored); n >= 0; n = in.read(ignored)) {
      total += n;
      if (total > MOST_ANSWER) {
        throw new IOException("receiver answers; this is no syslog");
      }
    }
  }

  private Socket connect() throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(host, port), timeoutMillis);
      plain.setSoTimeout(timeoutMillis);
      return tls == null ? plain : secured(plain, tls);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, SSLContext context) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public void close() {
    // every delivery closes its own connection
  }
}

package io.vedette.edge.forward;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A syslog receiver in this process: octet counting, frames as text, dies when told to. */
public final class SyslogServer implements AutoCloseable {

  private final ServerSocket listener;
  private final List<String> frames = Collections.synchronizedList(new ArrayList<>());
  private final int diesAfterFrames;

  /**
   * A server.
   *
   * @param diesAfterFrames resets its connection with bytes unread after so many frames, and stops
   */
  public SyslogServer(ServerSocket listener, int diesAfterFrames) {
    this.listener = listener;
    this.diesAfterFrames = diesAfterFrames;
    Thread thread = new Thread(this::serve, "syslog-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What came, without the lengths. */
  public List<String> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        read(socket);
      } catch (IOException e) {
        // the next connection
      }
    }
  }

  private void read(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (int length = length(in); length >= 0; length = length(in)) {
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("frame ends early");
      }
      frames.add(new String(body, StandardCharsets.UTF_8));
      if (frames.size() >= diesAfterFrames) {
        socket.setSoLinger(true, 0); // a reset, as a killed process causes
        close();
        return;
      }
    }
  }

  private static int length(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c != ' '; c = in.read()) {
      if (c < 0) {
        return -1;
      }
      if (c < '0' || c > '9' || length > 1_000_000) {
        throw new IOException("no octet count");
      }
      length = 10 * length + c - '0';
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

package io.vedette.edge.forward;

import static io.vedette.edge.forward.Messages.message;
import static io.vedette.edge.forward.Messages.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogReceiverTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final SyslogFormat FORMAT = new SyslogFormat(13, "edge-1", "");

  @TempDir Path directory;

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByName("localhost"));
  }

  @Test
  void shouldFrameByLengthWhenTextHoldsAnything() {
    // Given
    SyslogFormat format = new SyslogFormat(16, "höst name", "vedette@32473");
    Message message =
        new Message("i\"]\\:1", "CEF:0|Zoë 9 <1>1 x", "critical", "", "a b", Messages.TIME);

    // When
    String frame = new String(format.frame(message), StandardCharsets.UTF_8);

    // Then
    String body =
        "<130>1 2026-03-01T09:05:00.125Z h_st_name vedette - a_b"
            + " [vedette@32473 id=\"i\\\"\\]\\\\:1\" tenant=\"\"] CEF:0|Zoë 9 <1>1 x";
    assertThat(frame).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length + " " + body);
  }

  @ParameterizedTest
  @CsvSource({"critical,106", "high,107", "medium,108", "low,109", "informational,110", "'',110"})
  void shouldMapSeverityWhenFramed(String severity, int priority) {
    Message message = new Message("i", "t", severity, "", "d", 0);
    assertThat(FORMAT.line(message)).startsWith("<" + priority + ">1 1970-01-01T00:00:00.000Z ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a=b", "a]", "a\"", "123456789012345678901234567890123"})
  void shouldRefuseWhenStructuredDataIdIsWrong(String id) {
    assertThatThrownBy(() -> new SyslogFormat(13, "h", id)).hasMessageContaining("sd-id must be");
  }

  @Test
  void shouldDeliverAllFramesWhenReceiverReads() throws Exception {
    try (SyslogServer server = new SyslogServer(plain(), Integer.MAX_VALUE);
        Receiver receiver = new SyslogReceiver("localhost", server.port(), null, FORMAT, TIMEOUT)) {
      // Given
      List<Message> messages = some(300);

      // When
      receiver.deliver(messages);

      // Then
      assertThat(server.frames()).isEqualTo(messages.stream().map(FORMAT::line).toList());
    }
  }

  @Test
  void shouldFailWhenReceiverDiesWithBytesUnread() throws Exception {
    try (SyslogServer server = new SyslogServer(plain(), 10);
        Receiver receiver = new SyslogReceiver("localhost", server.port(), null, FORMAT, TIMEOUT)) {
      assertThatThrownBy(() -> receiver.deliver(some(500))).isInstanceOf(IOException.class);
    }
  }

  /** Linux closes the files of a killed process last opened first, other kernels need not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldFailWhenReceiverDiesWithAllBytesReadButNoneKept(boolean listensLonger)
      throws Exception {
    // Given
    ServerSocket listener = plain();
    Thread killed =
        new Thread(
            () -> {
              try (listener) {
                try (Socket socket = listener.accept()) {
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                  if (!listensLonger) {
                    listener.close();
                  }
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    killed.start();
    Receiver receiver =
        new SyslogReceiver("localhost", listener.getLocalPort(), null, FORMAT, TIMEOUT);

    // When // Then: refused or reset
    assertThatThrownBy(() -> receiver.deliver(some(50))).isInstanceOf(SocketException.class);
    killed.join();
  }

  @Test
  void shouldFailWhenNobodyListens() throws Exception {
    // Given
    int port;
    try (ServerSocket socket = plain()) {
      port = socket.getLocalPort();
    }
    Receiver receiver = new SyslogReceiver("localhost", port, null, FORMAT, TIMEOUT);

    // When // Then
    assertThatThrownBy(() -> receiver.deliver(some(1))).isInstanceOf(IOException.class);
  }

  @Test
  void shouldFailWhenReceiverNeverEndsTheConnection() throws Exception {
    try (ServerSocket silent = plain()) {
      Receiver receiver =
          new SyslogReceiver(
              "localhost", silent.getLocalPort(), null, FORMAT, Duration.ofMillis(200));
      assertThatThrownBy(() -> receiver.deliver(some(1))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldSpeakMutualTlsWhenBothSidesHaveKeys() throws Exception {
    // Given
    TestKeys ours = new TestKeys(directory, "ours");
    TestKeys theirs = new TestKeys(directory, "theirs");
    SSLContext server = TlsFiles.context(ours.pem, theirs.keys, TestKeys.PASSWORD);
    SSLServerSocket listener =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    listener.setNeedClientAuth(true);
    SSLContext client = TlsFiles.context(theirs.pem, ours.keys, TestKeys.PASSWORD);

    try (SyslogServer syslog = new SyslogServer(listener, Integer.MAX_VALUE);
        Receiver receiver =
            new SyslogReceiver("localhost", syslog.port(), client, FORMAT, TIMEOUT)) {
      // When
      receiver.deliver(some(50));

      // Then
      assertThat(syslog.frames()).hasSize(50).contains(FORMAT.line(message(49)));
    }
  }

  @Test
  void shouldFailWhenCertificateIsNotTrusted() throws Exception {
    // Given
    TestKeys ours = new TestKeys(directory, "ours");
    TestKeys theirs = new TestKeys(directory, "theirs");
    SSLContext server = TlsFiles.context(null, theirs.keys, TestKeys.PASSWORD);
    ServerSocket listener =
        server
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    SSLContext client = TlsFiles.context(ours.pem, null, "");

    try (SyslogServer syslog = new SyslogServer(listener, Integer.MAX_VALUE);
        Receiver receiver =
            new SyslogReceiver("localhost", syslog.port(), client, FORMAT, TIMEOUT)) {
      // When // Then
      assertThatThrownBy(() -> receiver.deliver(some(1))).isInstanceOf(IOException.class);
      assertThat(syslog.frames()).isEmpty();
    }
  }

  @Test
  void shouldNameTheFileWhenItHoldsNoCertificate() throws IOException {
    // Given
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");

    // When // Then
    assertThatThrownBy(() -> TlsFiles.context(empty, null, "")).hasMessageContaining("empty.pem");
  }
}

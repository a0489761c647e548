package io.vedette.edge.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves TLS 1.2 and 1.3 with the key and certificate of two PEM files, which may be renewed while
 * the service runs: a handshake looks at them at most every ten seconds. Files that do not fit
 * together leave the old ones in use. Thread-safe.
 */
final class ReloadingTls extends X509ExtendedKeyManager {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);
  private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

  private final HttpConfig.Tls files;
  private final LongSupplier nanos;
  private volatile Generation current;
  private volatile @Nullable Generation before; // a handshake may be between its two questions
  private long lookedAt;

  private record Generation(String alias, String marks, PemKeys keys) {}

  ReloadingTls(HttpConfig.Tls files, LongSupplier nanos) throws IOException {
    this.files = files;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.current = new Generation("0", marks(), PemKeys.read(files));
  }

  /** What the JDK's server asks for. */
  HttpsConfigurator configurator() throws IOException {
    SSLContext context;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up", e);
    }
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters ours = getSSLContext().getDefaultSSLParameters();
        ours.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        ours.setUseCipherSuitesOrder(true);
        parameters.setSSLParameters(ours);
      }
    };
  }

  private synchronized void look() {
    long now = nanos.getAsLong();
    if (now - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = now;
    try {
      String marks = marks();
      Generation old = current;
      if (!marks.equals(old.marks())) {
        PemKeys keys = PemKeys.read(files);
        before = old;
        current = new Generation(Long.toString(Long.parseLong(old.alias()) + 1), marks, keys);
        LOG.info("TLS certificate was read anew, valid until {}", keys.chain()[0].getNotAfter());
      }
    } catch (IOException e) {
      LOG.warn("TLS certificate stays as it was: {}", e.getMessage());
    }
  }

  private String marks() throws IOException {
    return Files.getLastModifiedTime(files.certificates()).toMillis()
        + "/"
        + Files.getLastModifiedTime(files.key()).toMillis();
  }

  private @Nullable String alias(String keyType) {
    look();
    Generation now = current;
    return now.keys().key().getAlgorithm().equals(keyType.split("_")[0]) ? now.alias() : null;
  }

  private @Nullable PemKeys keys(String alias) {
    Generation now = current;
    Generation old = before;
    if (now.alias().equals(alias)) {
      return now.keys();
    }
    return old != null && old.alias().equals(alias) ? old.keys() : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias(keyType);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    PemKeys keys = keys(alias);
    return keys == null ? null : keys.chain().clone();
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    PemKeys keys = keys(alias);
    return keys == null ? null : keys.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : List.of(alias).toArray(String[]::new);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}

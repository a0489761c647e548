package io.vedette.edge.forward;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts from files: PEM certificates to trust, a PKCS #12 key of our own. */
public final class TlsFiles {

  private TlsFiles() {}

  /**
   * A context.
   *
   * @param trusted PEM certificates of authorities; null for the JDK's own
   * @param key PKCS #12 file with our key and certificate; null for none
   * @param password password of the key file
   * @throws IOException when a file cannot be read or holds something else
   */
  public static SSLContext context(@Nullable Path trusted, @Nullable Path key, String password)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          key == null ? null : keys(key, password), trusted == null ? null : trust(trusted), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS files cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int i = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + i++, c);
      }
    }
    if (store.size() == 0) {
      throw new IOException(file.getFileName() + " holds no PEM certificate");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password.toCharArray());
    return factory.getKeyManagers();
  }
}

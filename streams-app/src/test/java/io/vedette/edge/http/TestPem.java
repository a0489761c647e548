package io.vedette.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate for this machine as PEM files, made by the JDK's keytool. */
final class TestPem {

  private static final String PASSWORD = "only-for-tests";

  final Certificate certificate;
  final HttpConfig.Tls files;

  TestPem(Path directory, String algorithm) throws Exception {
    Path store = Files.createTempDirectory(directory, "keys").resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // it lives for less than a second
                "-genkeypair",
                "-alias",
                "edge",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=edge",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    certificate = keys.getCertificate("edge");
    Key key = keys.getKey("edge", PASSWORD.toCharArray());
    files =
        new HttpConfig.Tls(
            write(directory.resolve("tls.crt"), "CERTIFICATE", certificate.getEncoded()),
            write(directory.resolve("tls.key"), "PRIVATE KEY", key.getEncoded()));
  }

  private static Path write(Path file, String kind, byte[] der) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }

  X509Certificate x509() {
    return (X509Certificate) certificate;
  }

  /** Trusts this certificate alone. */
  SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("edge", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}

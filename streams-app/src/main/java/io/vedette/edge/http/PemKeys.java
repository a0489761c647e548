package io.vedette.edge.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key and its certificates.
 *
 * @param key private key
 * @param chain its certificate first
 */
record PemKeys(PrivateKey key, X509Certificate[] chain) {

  private static final long MOST_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /**
   * Reads PEM files.
   *
   * @throws IOException naming the file; never with its content
   */
  static PemKeys read(HttpConfig.Tls files) throws IOException {
    X509Certificate[] chain = chain(text(files.certificates()), files.certificates());
    PrivateKey key = key(text(files.key()), files.key(), chain[0].getPublicKey());
    return new PemKeys(key, chain);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("must have at most 1 MiB: " + file);
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static X509Certificate[] chain(String pem, Path file) throws IOException {
    try {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
              .toArray(X509Certificate[]::new);
      if (chain.length == 0) {
        throw new IOException("http.tls.certificateFile holds no PEM certificate: " + file);
      }
      return chain;
    } catch (CertificateException | ArrayStoreException e) {
      throw new IOException("http.tls.certificateFile must hold PEM certificates: " + file, e);
    }
  }

  private static PrivateKey key(String pem, Path file, PublicKey certified) throws IOException {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new IOException(
          "http.tls.keyFile must hold an unencrypted PKCS #8 key (BEGIN PRIVATE KEY); openssl pkcs8"
              + " -topk8 -nocrypt converts others: "
              + file);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
      String algorithm = certified.getAlgorithm();
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      if (!belong(key, certified)) {
        throw new IOException("http.tls.keyFile is not the key of the certificate: " + file);
      }
      return key;
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new IOException("http.tls.keyFile is not the key of the certificate: " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IOException("http.tls.keyFile holds a key of an unknown kind: " + file, e);
    }
  }

  /** True when one verifies what the other signs. */
  private static boolean belong(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    signer.initVerify(certified);
    signer.update(text);
    return signer.verify(signature);
  }
}

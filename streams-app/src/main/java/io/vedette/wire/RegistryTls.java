package io.vedette.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** TLS to the registry, of {@code schema.registry.ssl.truststore.*} and {@code .keystore.*}. */
final class RegistryTls {

  private static final String TRUST = "schema.registry.ssl.truststore";
  private static final String KEY = "schema.registry.ssl.keystore";
  private static final String KEY_PASSWORD = "schema.registry.ssl.key.password";

  private RegistryTls() {}

  /** The context, empty when no store is set and the JDK's own trust applies. */
  static Optional<SSLContext> context(Map<String, ?> settings) {
    if (WireConfig.text(settings, TRUST + ".location") == null
        && WireConfig.text(settings, KEY + ".location") == null) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), trust(settings), null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      ConfigException refused =
          new ConfigException("schema.registry.ssl.* does not make a TLS context");
      refused.initCause(e);
      throw refused;
    }
  }

  private static TrustManager @Nullable [] trust(Map<String, ?> settings)
      throws GeneralSecurityException {
    KeyStore store = load(settings, TRUST);
    if (store == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Map<String, ?> settings)
      throws GeneralSecurityException {
    KeyStore store = load(settings, KEY);
    if (store == null) {
      return null;
    }
    String keyPassword = WireConfig.text(settings, KEY_PASSWORD);
    char[] password = keyPassword != null ? keyPassword.toCharArray() : password(settings, KEY);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static @Nullable KeyStore load(Map<String, ?> settings, String prefix)
      throws GeneralSecurityException {
    String location = WireConfig.text(settings, prefix + ".location");
    if (location == null) {
      return null;
    }
    String type = WireConfig.text(settings, prefix + ".type");
    KeyStore store = KeyStore.getInstance(type == null ? KeyStore.getDefaultType() : type);
    try (InputStream in = Files.newInputStream(Path.of(location))) {
      store.load(in, password(settings, prefix));
      return store;
    } catch (IOException | InvalidPathException e) {
      ConfigException refused =
          new ConfigException(
              prefix + ".location", location, "must be a readable store that its password opens");
      refused.initCause(e);
      throw refused;
    }
  }

  private static char @Nullable [] password(Map<String, ?> settings, String prefix) {
    String text = WireConfig.text(settings, prefix + ".password");
    return text == null ? null : text.toCharArray();
  }
}

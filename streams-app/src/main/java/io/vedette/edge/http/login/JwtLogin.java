package io.vedette.edge.http.login;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes JWTs of one issuer. Keys come from its JWKS and are kept for 15 minutes. While the
 * provider is away they hold on and are asked for again each minute, so that one fetch that failed
 * does not keep a withdrawn key; for an unknown key id they are asked for at most every 30 seconds.
 */
final class JwtLogin {

  private static final Logger LOG = LoggerFactory.getLogger(JwtLogin.class);
  private static final int LONGEST_TOKEN = 12_000; // characters; the header limit is 16 KiB
  private static final int LARGEST_JWKS = 512 * 1024; // bytes
  private static final long KEEP_SECONDS = 15 * 60;
  private static final long KEEP_ON_ERROR_SECONDS = 60; // until it is asked again
  private static final long REFRESH_MILLIS = 30_000;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_NAME = 200;

  private final OidcConfig config;
  private final JwtConsumer consumer;

  JwtLogin(OidcConfig config) throws IOException {
    this.config = config;
    HttpsJwks jwks = new HttpsJwks(config.jwksUrl().toString());
    jwks.setDefaultCacheDuration(KEEP_SECONDS);
    jwks.setRetainCacheOnErrorDuration(KEEP_ON_ERROR_SECONDS);
    jwks.setRefreshReprieveThreshold(REFRESH_MILLIS);
    jwks.setSimpleHttpGet(get(config.caFile()));
    String[] algorithms = config.algorithms().toArray(String[]::new);
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithms))
            .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(jwks))
            .setExpectedIssuer(config.issuer())
            .setExpectedAudience(config.audience())
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
            .build();
  }

  /** The user of a token, null when it is not to be believed or gives no role. */
  @Nullable User user(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return null;
    }
    try {
      JwtClaims claims = consumer.processToClaims(token);
      Role role = role(claims.getClaimsMap());
      String name = claims.getClaimsMap().get(config.nameClaim()) instanceof String n ? n : "";
      return role == null || !plain(name) ? null : new User(name, role);
    } catch (InvalidJwtException e) {
      // Its message quotes the token.
      LOG.debug("JWT refused, reasons {}", e.getErrorDetails().size());
      return null;
    }
  }

  private static boolean plain(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.codePoints().noneMatch(c -> Character.isISOControl(c) || hidden(c));
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }

  private @Nullable Role role(Map<String, Object> claims) {
    Object node = claims.get(config.rolesClaim()); // some providers have dots or URLs in names
    if (node == null) {
      node = claims;
      for (String step : config.rolesClaim().split("\\.")) {
        node = node instanceof Map<?, ?> object ? object.get(step) : null;
      }
    }
    List<String> roles = new ArrayList<>();
    if (node instanceof String text) {
      roles.addAll(List.of(text.split(" ")));
    } else if (node instanceof Collection<?> list) {
      list.forEach(item -> roles.add(String.valueOf(item)));
    }
    if (roles.stream().anyMatch(config.admins()::contains)) {
      return Role.ADMIN;
    }
    if (roles.stream().anyMatch(config.analysts()::contains)) {
      return Role.ANALYST;
    }
    return roles.stream().anyMatch(config.viewers()::contains) ? Role.VIEWER : null;
  }

  private static SimpleGet get(@Nullable Path caFile) throws IOException {
    Get get = new Get();
    get.setConnectTimeout(TIMEOUT_MILLIS);
    get.setReadTimeout(TIMEOUT_MILLIS);
    get.setRetries(0);
    get.setResponseBodySizeLimit(LARGEST_JWKS);
    if (caFile != null) {
      get.setTrustedCertificates(certificates(caFile));
    }
    return location -> {
      try {
        return get.get(location);
      } catch (IOException e) {
        LOG.warn("keys of the OpenID provider cannot be read: {}", e.getClass().getSimpleName());
        throw e;
      }
    };
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) c);
      }
    } catch (CertificateException e) {
      throw new IOException("http.auth.oidc.caFile must hold PEM certificates", e);
    }
    if (certificates.isEmpty()) {
      throw new IOException("http.auth.oidc.caFile holds no certificate");
    }
    return certificates;
  }
}

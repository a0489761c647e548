package io.vedette.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Tokens of service accounts as a Kubernetes cluster projects them into pods, and the keys by which
 * a broker knows them. They have the claims that Kubernetes writes, and no scope.
 */
public final class TokenIssuer {

  /** Property of a process: all URLs that Kafka may read tokens and keys from. */
  public static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  /** Whom tokens are for, unless told otherwise. */
  public static final String AUDIENCE = "kafka-prod";

  static final String ISSUER = "https://kubernetes.default.svc";
  private static final int SECONDS = 3600;

  private final RsaJsonWebKey key;
  private final Path keys;

  /**
   * Makes a key.
   *
   * @param directory for the file of keys that brokers read
   */
  public TokenIssuer(Path directory) throws Exception {
    key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("of-the-cluster");
    keys =
        Files.writeString(
            Files.createTempFile(directory, "keys", ".json"), new JsonWebKeySet(key).toJson());
  }

  /** Where the public keys are. */
  public String keysUrl() {
    return keys.toUri().toString();
  }

  /** The user that a broker takes a service account for. */
  public static String user(String namespace, String account) {
    return "system:serviceaccount:" + namespace + ':' + account;
  }

  /** A token that holds for an hour from now. */
  public String token(String user) throws Exception {
    return token(user, AUDIENCE, Instant.now());
  }

  /**
   * A token that holds for an hour.
   *
   * @param issued when the hour begins
   */
  public String token(String user, String audience, Instant issued) throws Exception {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(user);
    claims.setAudience(List.of(audience));
    claims.setIssuedAt(NumericDate.fromSeconds(issued.getEpochSecond()));
    claims.setNotBefore(NumericDate.fromSeconds(issued.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(issued.getEpochSecond() + SECONDS));
    claims.setGeneratedJwtId();
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(key.getPrivateKey());
    signed.setKeyIdHeaderValue(key.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signed.getCompactSerialization();
  }
}

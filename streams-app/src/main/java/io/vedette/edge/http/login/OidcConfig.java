package io.vedette.edge.http.login;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT must say to be believed.
 *
 * @param issuer {@code iss}
 * @param jwksUrl where the provider's keys are
 * @param audience {@code aud} must hold it
 * @param algorithms signature algorithms that are accepted, for example RS256
 * @param nameClaim claim with the user's name
 * @param rolesClaim claim with roles or groups, a text or a list; dots go into objects
 * @param viewers values of it that make a viewer
 * @param analysts values that make an analyst
 * @param admins values that make an admin
 * @param caFile PEM certificates to trust for the JWKS; null for the JDK's
 * @param clockSkew tolerated difference of clocks
 */
public record OidcConfig(
    String issuer,
    URI jwksUrl,
    String audience,
    List<String> algorithms,
    String nameClaim,
    String rolesClaim,
    List<String> viewers,
    List<String> analysts,
    List<String> admins,
    @Nullable Path caFile,
    Duration clockSkew) {

  /** Algorithms that may be accepted at all: signatures by public keys. */
  public static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
}

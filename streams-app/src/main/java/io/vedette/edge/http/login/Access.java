package io.vedette.edge.http.login;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How users are recognised.
 *
 * @param methods accepted ways; empty asks for no login
 * @param credentials accounts, each a line of {@link Credential}
 * @param credentialsFile file with further such lines, read anew when it changes; null for none
 * @param oidc for {@link Method#OIDC}, else null
 */
public record Access(
    Set<Method> methods,
    List<String> credentials,
    @Nullable Path credentialsFile,
    @Nullable OidcConfig oidc) {

  /** No login. */
  public static final Access OPEN = new Access(Set.of(), List.of(), null, null);

  /** A way to authenticate. */
  public enum Method {
    /** Name and password, RFC 7617. */
    BASIC,
    /** A fixed token, RFC 6750. */
    BEARER,
    /** A JWT of an OpenID provider. */
    OIDC
  }

  @Override
  public String toString() {
    return "Access[methods=" + methods + "]"; // hashes are not for logs
  }
}

package io.vedette.edge.http.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns the Authorization header of a request into a user. Passwords are slow to check on purpose,
 * so those that were right are known for five minutes by a keyed digest, and few are checked at
 * once. Thread-safe.
 */
public final class Logins {

  private static final int KNOWN = 1000; // logins
  private static final Duration KNOWN_FOR = Duration.ofMinutes(5);
  private static final int AT_ONCE = 2; // passwords
  private static final int WAITING = 4; // requests, so that most threads serve those who are in
  private static final long WAIT_MILLIS = 2000;
  private static final int LONGEST_BASIC = 1024; // characters of name and password

  private final Access access;
  private final Accounts accounts;
  private final @Nullable JwtLogin jwt;
  private final Semaphore slow = new Semaphore(AT_ONCE);
  private final SecretKeySpec key;
  private final Credential nobody;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(KNOWN).expireAfterWrite(KNOWN_FOR).build();

  private record Known(User user, long edition) {}

  /**
   * Reads accounts and certificates.
   *
   * @throws IOException when a file cannot be read or holds something else
   */
  public Logins(Access access) throws IOException {
    this.access = access;
    this.accounts = new Accounts(access.credentials(), access.credentialsFile());
    this.jwt =
        access.methods().contains(Access.Method.OIDC)
            ? new JwtLogin(Objects.requireNonNull(access.oidc(), "oidc"))
            : null;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
    this.nobody = Credential.unknowable();
  }

  /** True when no login is asked for. */
  public boolean open() {
    return access.methods().isEmpty();
  }

  /** What to answer with 401: the value of WWW-Authenticate. */
  public String challenge() {
    return access.methods().contains(Access.Method.BASIC)
        ? "Basic realm=\"vedette\", charset=\"UTF-8\""
        : "Bearer realm=\"vedette\"";
  }

  /** True when a header carries a password, which can be guessed; tokens cannot. */
  public static boolean password(String authorization) {
    return authorization.regionMatches(true, 0, "Basic ", 0, "Basic ".length());
  }

  /** The user if this password was right a short while ago; costs next to nothing. */
  public @Nullable User known(String authorization) {
    Known entry = known.getIfPresent(digest(authorization));
    return entry != null && entry.edition() == accounts.book().edition() ? entry.user() : null;
  }

  /**
   * The user, null when the credentials are not right.
   *
   * @param authorization value of the header
   * @throws BusyException when too many passwords are being checked
   */
  public @Nullable User user(String authorization) throws BusyException {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space);
    String rest = authorization.substring(space + 1).strip();
    if (password(authorization)) {
      return access.methods().contains(Access.Method.BASIC) ? basic(rest, authorization) : null;
    }
    return scheme.equalsIgnoreCase("Bearer") ? bearer(rest) : null;
  }

  private @Nullable User bearer(String token) {
    if (jwt != null && token.chars().filter(c -> c == '.').count() == 2) {
      return jwt.user(token);
    }
    if (!access.methods().contains(Access.Method.BEARER)) {
      return null;
    }
    byte[] digest = Credential.digest(token);
    User found = null;
    for (Credential credential : accounts.book().tokens()) { // all of them: equal time
      found = credential.matchesToken(digest) ? credential.user() : found;
    }
    return found;
  }

  private @Nullable User basic(String base64, String authorization) throws BusyException {
    if (base64.length() > LONGEST_BASIC) {
      return null;
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return null;
    }
    Accounts.Book book = accounts.book();
    // An unknown name costs as much as a wrong password of the iterations that the hash command
    // makes, so that such names cannot be told apart; those of other iterations can.
    Credential account = book.passwords().getOrDefault(pair.substring(0, colon), nobody);
    if (!slowly(account, pair.substring(colon + 1)) || account == nobody) {
      return null;
    }
    known.put(digest(authorization), new Known(account.user(), book.edition()));
    return account.user();
  }

  private boolean slowly(Credential account, String password) throws BusyException {
    if (slow.getQueueLength() >= WAITING) {
      throw new BusyException();
    }
    try {
      if (!slow.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
    try {
      return account.matchesPassword(password);
    } finally {
      slow.release();
    }
  }

  private String digest(String authorization) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(authorization.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}

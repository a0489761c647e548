package io.vedette.edge.http.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * An account as a line: {@code name:role:hash}. The hash of a password is {@code
 * pbkdf2-sha256$iterations$salt$hash} (Base64), that of a token {@code sha256$hex}: tokens are long
 * and random, so they need no slow hash.
 */
public final class Credential {

  /** Iterations for new passwords: OWASP's figure for PBKDF2 with HMAC-SHA-256. */
  public static final int ITERATIONS = 600_000;

  private static final int LEAST_ITERATIONS = 10_000;
  private static final int MOST_ITERATIONS = 5_000_000; // seconds of work, no more
  private static final int BITS = 256;
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z0-9._@-]{1,100}):(viewer|analyst|admin):(\\S{1,300})");
  private static final Pattern PASSWORD =
      Pattern.compile("pbkdf2-sha256\\$(\\d{1,8})\\$([A-Za-z0-9+/=]{8,90})\\$([A-Za-z0-9+/=]{44})");
  private static final Pattern TOKEN = Pattern.compile("sha256\\$([0-9a-f]{64})");

  private final User user;
  private final int iterations; // 0 for tokens
  private final byte[] salt;
  private final byte[] hash;

  private Credential(User user, int iterations, byte[] salt, byte[] hash) {
    this.user = user;
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException with a message that does not quote the line
   */
  public static Credential parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "an account must be name:viewer|analyst|admin:hash, as the hash command prints it");
    }
    User user = new User(parts.group(1), Role.valueOf(parts.group(2).toUpperCase(Locale.ROOT)));
    Matcher token = TOKEN.matcher(parts.group(3));
    if (token.matches()) {
      return new Credential(user, 0, new byte[0], HexFormat.of().parseHex(token.group(1)));
    }
    Matcher password = PASSWORD.matcher(parts.group(3));
    if (!password.matches()) {
      throw new IllegalArgumentException(
          "the hash of account "
              + user.name()
              + " must be pbkdf2-sha256$iterations$salt$hash or sha256$hex");
    }
    int iterations = Integer.parseInt(password.group(1));
    if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "the iterations of account "
              + user.name()
              + " must be from 10000 to 5000000, were "
              + iterations);
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new Credential(
        user, iterations, base64.decode(password.group(2)), base64.decode(password.group(3)));
  }

  /** The line of a password. */
  public static String ofPassword(String name, Role role, String password, int iterations) {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return line(
        name,
        role,
        "pbkdf2-sha256$"
            + iterations
            + '$'
            + base64.encodeToString(salt)
            + '$'
            + base64.encodeToString(stretch(password, salt, iterations)));
  }

  /** An account that no password fits, which takes as long to find out as a wrong one does. */
  static Credential unknowable() {
    byte[] random = new byte[16 + BITS / 8];
    new SecureRandom().nextBytes(random);
    return new Credential(
        new User("nobody", Role.VIEWER),
        ITERATIONS,
        Arrays.copyOf(random, 16),
        Arrays.copyOfRange(random, 16, random.length));
  }

  /** The line of a token. */
  public static String ofToken(String name, Role role, String token) {
    return line(name, role, "sha256$" + HexFormat.of().formatHex(digest(token)));
  }

  /** A new token: 256 random bits. */
  public static String newToken() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return "vdt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  private static String line(String name, Role role, String hash) {
    String line = name + ':' + role.name().toLowerCase(Locale.ROOT) + ':' + hash;
    parse(line); // the name may be refused
    return line;
  }

  User user() {
    return user;
  }

  boolean forPassword() {
    return iterations > 0;
  }

  /** True for the right password; takes the same time for every wrong one. */
  boolean matchesPassword(String password) {
    return forPassword() && MessageDigest.isEqual(hash, stretch(password, salt, iterations));
  }

  /** True for the digest of the right token. */
  boolean matchesToken(byte[] digest) {
    return !forPassword() && MessageDigest.isEqual(hash, digest);
  }

  /** SHA-256 of a token. */
  static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] stretch(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException("the JDK has PBKDF2 with HMAC-SHA-256", e);
    } finally {
      spec.clearPassword();
    }
  }
}

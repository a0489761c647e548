package io.vedette.edge.http.login;

/**
 * Somebody who was authenticated.
 *
 * @param name account, at most 200 characters, without controls
 * @param role what it may do
 */
public record User(String name, Role role) {

  /** Whoever reaches a loopback port that asks for no login. */
  public static final User LOCAL = new User("local", Role.ADMIN);

  /** Whoever reaches a port that was opened to a network without a login: reads only. */
  public static final User ANYBODY = new User("anybody", Role.VIEWER);
}

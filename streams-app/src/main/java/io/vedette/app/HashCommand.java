package io.vedette.app;

import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.Role;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes accounts for the console and the API. */
@Command(
    name = "hash",
    description =
        "Prints the line of an account for http.auth.credentialsFile. The password is asked for, or"
            + " read from the input; with --token a new token is made and printed before the line.")
final class HashCommand implements Callable<Integer> {

  private static final int SHORTEST = 12; // characters of a password

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "account, 1 to 100 of the characters a-z A-Z 0-9 . _ @ -")
  private String name = "";

  @Option(
      names = "--role",
      defaultValue = "viewer",
      paramLabel = "ROLE",
      description = "viewer, analyst or admin; default ${DEFAULT-VALUE}")
  private String role = "viewer";

  @Option(names = "--token", description = "an account for a program, with a token")
  private boolean token;

  @Override
  public Integer call() throws IOException {
    Role given = role();
    try {
      if (token) {
        String made = Credential.newToken();
        spec.commandLine().getOut().println(made);
        spec.commandLine().getOut().println(Credential.ofToken(name, given, made));
      } else {
        String line = Credential.ofPassword(name, given, password(), Credential.ITERATIONS);
        spec.commandLine().getOut().println(line);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private Role role() {
    try {
      return Role.valueOf(role.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--role must be viewer, analyst or admin, was " + role, e);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is there and reads the input
  private String password() throws IOException {
    Console console = System.console();
    String password;
    if (console != null) {
      char[] typed = console.readPassword("Password: ");
      password = typed == null ? "" : new String(typed);
    } else {
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      password = line == null ? "" : line;
    }
    if (password.length() < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(), "the password must have at least " + SHORTEST + " characters");
    }
    return password;
  }
}

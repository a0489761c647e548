package io.vedette.app;

import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.RemoteApi;
import io.vedette.edge.forward.TlsFiles;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where the terminal asks: a running service, or the topics themselves. */
final class ApiTarget {

  private static final String PREFIX = "VEDETTE_API_";
  private static final URI USUAL = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "service to ask, default http://127.0.0.1:8080")
  private @Nullable URI url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of Kafka and the registry; reads the topics instead of a service")
  private @Nullable Path config;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "token for the service; else VEDETTE_API_TOKEN")
  private @Nullable Path tokenFile;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "user of the service; the password is VEDETTE_API_PASSWORD or asked for")
  private @Nullable String user;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to trust; default those of Java")
  private @Nullable Path trust;

  /** The settings file, null for none. */
  @Nullable Path config() {
    return config;
  }

  /** True when a service is named. */
  boolean isService() {
    return url != null;
  }

  /**
   * The API; the caller closes it.
   *
   * @param findings whether the command shows findings, and so needs to read them
   */
  Api open(CommandSpec spec, Map<String, String> environment, boolean findings)
      throws IOException, SettingsException {
    if (config != null) {
      if (url != null || tokenFile != null || user != null || trust != null) {
        throw new ParameterException(
            spec.commandLine(), "--config reads the topics and goes with no option of a service");
      }
      Map<String, String> settings = new HashMap<>(environment);
      settings.keySet().removeIf(name -> name.startsWith(PREFIX)); // no settings
      return new TopicApi(
          SettingsLoader.load(config, settings), System.getProperty("user.name"), findings);
    }
    URI base = url == null ? USUAL : url;
    boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (base.getHost() == null || !http || base.getRawQuery() != null) {
      throw new ParameterException(
          spec.commandLine(), "--url must be an http or https address, was " + base);
    }
    if (base.getRawUserInfo() != null) {
      throw new ParameterException(
          spec.commandLine(), "--url must not hold a login: use --user or --token-file");
    }
    return new RemoteApi(
        base, authorization(environment), trust == null ? null : TlsFiles.context(trust, null, ""));
  }

  private String authorization(Map<String, String> environment) throws IOException {
    if (user != null) {
      String pair = user + ':' + password(environment);
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
    String token =
        tokenFile == null
            ? environment.getOrDefault(PREFIX + "TOKEN", "")
            : Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
    if (!token.matches("[\\x21-\\x7e]*")) {
      throw new IOException("the token must be printable ASCII without spaces");
    }
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is there and reads the input
  private static String password(Map<String, String> environment) throws IOException {
    String given = environment.get(PREFIX + "PASSWORD");
    if (given != null) {
      return given;
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password: ");
    if (typed == null) {
      throw new IOException("VEDETTE_API_PASSWORD must hold the password, there is nobody to ask");
    }
    return new String(typed);
  }

  /** One segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

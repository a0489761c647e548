package io.vedette.app;

import io.vedette.edge.forward.HttpBody;
import io.vedette.edge.forward.HttpReceiver;
import io.vedette.edge.forward.Receiver;
import io.vedette.edge.forward.SyslogFormat;
import io.vedette.edge.forward.SyslogReceiver;
import io.vedette.edge.forward.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where incidents are forwarded to. */
final class ForwardTarget {

  private static final int SYSLOG_PORT = 514;
  private static final int SYSLOG_TLS_PORT = 6514;

  @Option(names = "--to", required = true, paramLabel = "KIND", description = "syslog or http")
  private String to = "syslog";

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "tcp://host:514, tls://host:6514, or http(s)://host/path")
  private String url = "";

  @Option(
      names = "--as",
      defaultValue = "splunk",
      paramLabel = "FORM",
      description = "for http: splunk (HEC envelopes) or webhook (one message per request)")
  private String as = "splunk";

  @Option(names = "--index", defaultValue = "", description = "for splunk: index")
  private String index = "";

  @Option(names = "--header", paramLabel = "NAME=VALUE", description = "for http: further headers")
  private Map<String, String> headers = new HashMap<>();

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to trust; default those of Java")
  private @Nullable Path trust;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "PKCS #12 file with our own key, for mutual TLS")
  private @Nullable Path key;

  @Option(
      names = "--facility",
      defaultValue = "13",
      description = "for syslog: facility, 0 to 23; 13 is log audit")
  private int facility = 13;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description = "for syslog: HOSTNAME; default this machine's")
  private @Nullable String hostName;

  @Option(
      names = "--sd-id",
      defaultValue = "",
      paramLabel = "ID",
      description = "for syslog: SD-ID with your enterprise number; default no structured data")
  private String sdId = "";

  @Option(
      names = "--timeout",
      defaultValue = "PT10S",
      paramLabel = "ISO",
      description = "of connecting, and of one delivery")
  private Duration timeout = Duration.ofSeconds(10);

  String to() {
    return to;
  }

  /** The view that suits the receiver. */
  String usualView() {
    return to.equals("syslog") ? "cef" : "ocsf";
  }

  /** The address without what may be secret in it. */
  String shown() {
    URI address = URI.create(url);
    return to + ' ' + address.getScheme() + "://" + address.getHost() + ':' + address.getPort();
  }

  Receiver receiver(CommandSpec spec, String view, Map<String, String> environment)
      throws IOException {
    URI address = address(spec);
    String password = environment.getOrDefault("VEDETTE_FORWARD_KEY_PASSWORD", "");
    boolean secure = List.of("tls", "https").contains(address.getScheme());
    SSLContext tls = secure ? TlsFiles.context(trust, key, password) : null;
    if (to.equals("syslog")) {
      int port = address.getPort() > 0 ? address.getPort() : secure ? SYSLOG_TLS_PORT : SYSLOG_PORT;
      return new SyslogReceiver(address.getHost(), port, tls, format(spec), timeout);
    }
    String token = environment.getOrDefault("VEDETTE_FORWARD_TOKEN", "");
    return new HttpReceiver(address, body(spec, view), all(token), tls, timeout);
  }

  private URI address(CommandSpec spec) {
    List<String> schemes =
        switch (to) {
          case "syslog" -> List.of("tcp", "tls");
          case "http" -> List.of("http", "https");
          default -> throw wrong(spec, "--to must be syslog or http, was " + to);
        };
    try {
      URI address = new URI(url);
      if (address.getHost() != null && schemes.contains(address.getScheme())) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw wrong(spec, "--url must be an address, was " + e.getReason());
    }
    throw wrong(spec, "--url must begin with " + schemes + "://host for --to " + to);
  }

  private SyslogFormat format(CommandSpec spec) {
    try {
      return new SyslogFormat(facility, hostName == null ? machine() : hostName, sdId);
    } catch (IllegalArgumentException e) {
      throw wrong(spec, "--" + e.getMessage());
    }
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "-";
    }
  }

  private HttpBody body(CommandSpec spec, String view) {
    return switch (as) {
      case "splunk" -> HttpBody.splunk(index, "vedette:incident:" + view, "vedette");
      case "webhook" -> HttpBody.webhook(view.equals("cef") ? "text/plain" : "application/json");
      default -> throw wrong(spec, "--as must be splunk or webhook, was " + as);
    };
  }

  private Map<String, String> all(String token) {
    Map<String, String> all = new HashMap<>(headers);
    if (!token.isEmpty()) {
      all.put("Authorization", (as.equals("splunk") ? "Splunk " : "Bearer ") + token);
    }
    return all;
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

package io.vedette.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Who we are to the registry: the headers that prove it. Values never reach a message or log. */
final class RegistryAuth {

  static final String URL = "schema.registry.url";

  private static final String PREFIX = "schema.registry.";
  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String BASIC_USER = "basic.auth.user.info";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  private static final String BEARER_TOKEN = "bearer.auth.token";
  private static final String CLUSTER = "bearer.auth.logical.cluster";
  private static final String POOL = "bearer.auth.identity.pool.id";

  private final Map<String, String> headers;
  private final Map<URI, String> basicByUrl;

  private RegistryAuth(Map<String, String> headers, Map<URI, String> basicByUrl) {
    this.headers = headers;
    this.basicByUrl = basicByUrl;
  }

  static RegistryAuth from(Map<String, ?> settings) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<URI, String> basicByUrl = new LinkedHashMap<>();
    String basic = text(settings, BASIC_SOURCE);
    String user = text(settings, BASIC_USER);
    String bearer = text(settings, BEARER_SOURCE);
    if (basic == null && user != null) {
      basic = "USER_INFO";
    }
    if (basic != null && bearer != null) {
      throw new ConfigException(BEARER_SOURCE, bearer, "must not stand beside " + BASIC_SOURCE);
    }
    if (basic != null) {
      switch (basic.toUpperCase(Locale.ROOT)) {
        case "USER_INFO" -> headers.put("Authorization", basic(required(BASIC_USER, user)));
        case "URL" -> rawUrls(settings).forEach(url -> addUrlCredentials(url, basicByUrl));
        default -> throw new ConfigException(BASIC_SOURCE, basic, "must be USER_INFO or URL");
      }
    }
    if (bearer != null) {
      if (!bearer.equalsIgnoreCase("STATIC_TOKEN")) {
        throw new ConfigException(BEARER_SOURCE, bearer, "must be STATIC_TOKEN");
      }
      String token = required(BEARER_TOKEN, text(settings, BEARER_TOKEN));
      headers.put("Authorization", "Bearer " + token);
      putIfSet(headers, "target-sr-cluster", text(settings, CLUSTER));
      putIfSet(headers, "Confluent-Identity-Pool-Id", text(settings, POOL));
    }
    return new RegistryAuth(Map.copyOf(headers), Map.copyOf(basicByUrl));
  }

  /** Base URLs without credentials and without a slash at the end, in order. */
  static List<URI> urls(Map<String, ?> settings) {
    return rawUrls(settings).stream().map(RegistryAuth::bare).toList();
  }

  Map<String, String> headers(URI base) {
    String basic = basicByUrl.get(base);
    return basic == null ? headers : Map.of("Authorization", basic);
  }

  /** A setting by its key, or by its key with the prefix {@code schema.registry.}. */
  static @Nullable String text(Map<String, ?> settings, String key) {
    String plain = WireConfig.text(settings, key);
    return plain != null ? plain : WireConfig.text(settings, PREFIX + key);
  }

  private static List<URI> rawUrls(Map<String, ?> settings) {
    String list = WireConfig.text(settings, URL);
    if (list == null) {
      throw new ConfigException(URL + " must name at least one http or https URL, was not set");
    }
    List<URI> urls = new ArrayList<>();
    for (String part : list.split(",")) {
      urls.add(parse(part.strip()));
    }
    return urls;
  }

  private static URI parse(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // reported below, without the text: it may hold a password
    }
    throw new ConfigException(URL + " must be a list of http or https URLs, divided by commas");
  }

  private static URI bare(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return URI.create(url.getScheme() + "://" + url.getHost() + port + path);
  }

  private static void addUrlCredentials(URI url, Map<URI, String> basicByUrl) {
    if (url.getUserInfo() != null) {
      basicByUrl.put(bare(url), basic(url.getUserInfo()));
    }
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static String required(String key, @Nullable String value) {
    if (value == null) {
      throw new ConfigException(key + " must be set");
    }
    return value;
  }

  private static void putIfSet(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}

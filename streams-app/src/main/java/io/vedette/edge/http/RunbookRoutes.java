package io.vedette.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The analysts' pages of the detectors, which come with the program. They are public text, so a
 * link from a SIEM opens without a login.
 */
final class RunbookRoutes implements Routes {

  static final String PREFIX = "/runbooks/";

  private static final String STYLE = PREFIX + "style.css";
  private static final Pattern PAGE = Pattern.compile(PREFIX + "([a-z]{1,32})");
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <title>Vedette: %s</title><link rel="stylesheet" href="/runbooks/style.css"></head><body>
      """;

  private final Map<String, String> pages = new ConcurrentHashMap<>(); // of detectors that exist

  @Override
  public @Nullable Response get(Call call) {
    if (call.path().equals(STYLE)) {
      return new Response(200, Response.CSS, ConsolePage.STYLE);
    }
    Matcher page = PAGE.matcher(call.path());
    String html = page.matches() ? page(page.group(1)) : null;
    return html == null ? null : new Response(200, Response.HTML, html);
  }

  @Override
  public boolean open(String path) {
    return path.startsWith(PREFIX);
  }

  private @Nullable String page(String detector) {
    String known = pages.get(detector);
    if (known != null) {
      return known;
    }
    try (InputStream in = getClass().getResourceAsStream(PREFIX + detector + "/README.md")) {
      if (in == null) {
        return null;
      }
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String html = HEAD.formatted(detector) + Markdown.html(source) + "</body></html>\n";
      pages.put(detector, html);
      return html;
    } catch (IOException e) {
      throw new UncheckedIOException("the runbook of " + detector + " cannot be read", e);
    }
  }
}

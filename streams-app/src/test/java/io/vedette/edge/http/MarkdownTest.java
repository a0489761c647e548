package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void shouldRenderWhatPagesUseWhenRead() {
    // When
    String html =
        Markdown.html(
            """
            # Title & more
            one `a < b` with **bold**

            | a | b |
            |---|---|
            | `x` | y \\| z |

            1. first (https://example.com/a?b=1).
            """);

    // Then
    assertThat(html)
        .contains("<h1>Title &amp; more</h1>")
        .contains("<p>one <code>a &lt; b</code> with <strong>bold</strong></p>")
        .contains("<th>a</th>")
        .contains("<td>y | z</td>")
        .contains("href=\"https://example.com/a?b=1\">https://example.com/a?b=1</a>");
  }

  @Test
  void shouldLetNoMarkupThroughWhenTheSourceHasSome() {
    // When
    String html =
        Markdown.html(
            """
            <script>alert("1")</script>

            text <img src=x onerror=alert(1)> and [a link](javascript:alert(1))
            """);

    // Then
    assertThat(html)
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("javascript:")
        .contains("&lt;script&gt;");
  }
}

package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void shouldRenderWhatPagesUseWhenRead() {
    // When
    String html =
        Markdown.html(
            """
            # Title & more
            one `a < b` two
            lines with **bold**, *slanted*, `learning.*` and 2 * 3 * 4

            | a | b |
            |---|---|
            | `x` | y \\| z |

            1. first
            2. second
               goes on (https://example.com/a?b=1).
            - other list
            <script>alert("1")</script>
            """);

    // Then
    assertThat(html)
        .isEqualTo(
            """
            <h1>Title &amp; more</h1>
            <p>one <code>a &lt; b</code> two lines with <strong>bold</strong>, <em>slanted</em>, \
            <code>learning.*</code> and 2 * 3 * 4</p>
            <table>
            <tr><th>a</th>
            <th>b</th>
            </tr>
            <tr><td><code>x</code></td>
            <td>y | z</td>
            </tr>
            </table>
            <ol>
            <li>first</li>
            <li>second goes on (<a href="https://example.com/a?b=1">https://example.com/a?b=1</a>).</li>
            </ol>
            <ul>
            <li>other list &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</li>
            </ul>
            """);
  }

  @Test
  void shouldLetNoMarkupThroughWhenTheSourceIsHostile() {
    SplittableRandom random = new SplittableRandom(4);
    String alphabet = "<>\"'&`*|#-\\ \n1.ahttps://";
    for (int round = 0; round < 2_000; round++) {
      // Given
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(120); i > 0; i--) {
        source.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }

      // When
      String html = Markdown.html(source.toString());

      // Then
      assertThat(html.replaceAll("</?(h[1-4]|p|ul|ol|li|table|tr|th|td|code|strong|em|a)>", ""))
          .doesNotContainPattern("<(?!a href=\"https://[^\"<>' ]*\">)");
    }
  }
}

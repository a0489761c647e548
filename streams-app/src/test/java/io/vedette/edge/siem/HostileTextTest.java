package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that attackers choose, in every field and every format. */
class HostileTextTest {

  private static final int CASES = 10_000;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Taxonomy TAXONOMY = Taxonomy.load();
  private static final Renderer OCSF = new OcsfRenderer(TAXONOMY, SiemCases.OPTIONS);
  private static final Renderer ECS = new EcsRenderer(TAXONOMY, SiemCases.OPTIONS);
  private static final CefRenderer CEF = new CefRenderer(TAXONOMY, SiemCases.OPTIONS);
  private static final CefRenderer CEF_WITHOUT_ADDRESSES =
      new CefRenderer(TAXONOMY, SiemOptions.of("0.1.0"));
  private static final Path LINES = Path.of("target", "siem", "hostile-cef.log");

  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "7",
          " ",
          "  ",
          "=",
          " act=",
          " suser=root ",
          "|",
          "||",
          "\\",
          "\\\\",
          "\\n",
          "\n",
          "\r\n",
          "\u0000",
          "\u001b[31m",
          "\u001b]0;x\u0007",
          "\u009b",
          "\u007f",
          "\u0085",
          "\u202e",
          "\u2066",
          "\u200b",
          "\ufeff",
          "\u2028",
          "\u00a0",
          "\u3000",
          "\ud800",
          "\udfff",
          "\ud83d\ude00",
          "\udb40\udc41",
          "\ufffe",
          "\ue000",
          "e\u0301\u0301\u0301\u0301",
          "\u05d0",
          "<script>alert(1)</script>",
          "<img src=x onerror=y>",
          "\"",
          "'",
          "`",
          "&lt;",
          "&#60;",
          "](javascript:alert(1))",
          "![x](http://evil.example/p)",
          "{{7*7}}",
          "${jndi:ldap://x}",
          "=cmd|' /C calc'!A0",
          "+1",
          "-2",
          "@SUM(A1)",
          "%n%s",
          "\t",
          "CEF:0|a|b|c|d|e|9|",
          "<14>1 2026-01-01T00:00:00Z h a - - - ",
          "{\"a\":1}",
          "\\u0041",
          "../../etc",
          "\u0130");

  private static String hostile(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(100) == 0 ? 3_000 : 1 + random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      text.append(
          random.nextInt(4) == 0
              ? Character.toString(random.nextInt(0x110000))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void shouldParseBackToTheSameFieldsWhenCefIsFuzzed() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      // Given
      Incident incident = HostileCases.worst(hostile(random), Activity.CLOSE, random);
      CefRenderer renderer = i % 2 == 0 ? CEF : CEF_WITHOUT_ADDRESSES;

      // When
      View view = renderer.render(incident, null).get(0);
      CefParser parsed = new CefParser(view.text());

      // Then
      harmless(view.text());
      view.headers().values().forEach(HostileTextTest::harmless);
      Incident neutral = Neutral.incident(incident);
      Taxonomy.Entry entry = TAXONOMY.first(neutral.detectors());
      Map<String, String> expected = new LinkedHashMap<>(renderer.fields(neutral, entry));
      expected.values().removeIf(String::isEmpty);
      assertThat(parsed.fields).isEqualTo(expected);
      String id = neutral.detectors().get(0).replace('\\', '/').replace('|', '/');
      assertThat(parsed.header)
          .containsExactly("Vedette", "Vedette", "0.1.0", id, entry.name(), "3");
      assertThat(parsed.fields.get("msg").length()).isLessThanOrEqualTo(1023);
      lines.add(view.text());
    }
    // For a receiver that is not ours: .ci/siem sends the first ones through a syslog server.
    Files.createDirectories(LINES.getParent());
    Files.write(LINES, lines.subList(0, 2_000), StandardCharsets.UTF_8);
  }

  @Test
  void shouldReadBackToTheSameFieldsWhenJsonIsFuzzed() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < CASES; i++) {
      // Given
      String text = hostile(random);
      String clean = SafeText.clean(text, 256);

      // When
      List<View> ocsf =
          OCSF.render(
              HostileCases.worst(text, Activity.UPDATE, random), SiemCases.hostileFinding(text));
      View ecs = ECS.render(HostileCases.worst(text, Activity.CLOSE, random), null).get(0);

      // Then
      JsonNode incident = read(ocsf.get(0));
      assertThat(incident.at("/unmapped/vedette/principals/0").asText()).isEqualTo(clean);
      assertThat(incident.at("/metadata/tenant_uid").asText()).isEqualTo(clean);
      JsonNode finding = read(ocsf.get(1));
      assertThat(finding.at("/evidences/0/actor/user/name").asText()).isEqualTo(clean);
      assertThat(finding.at("/resources/0/name").asText()).isEqualTo(clean);
      JsonNode alert = read(ecs);
      assertThat(alert.at("/user/name").asText()).isEqualTo(clean);
      assertThat(alert.at("/vedette/samples/0/request_id").asText()).isEqualTo(clean);
      assertThat(alert.at("/organization/id").asText()).isEqualTo(clean);
    }
  }

  private static JsonNode read(View view) throws IOException {
    harmless(view.text());
    view.headers().values().forEach(HostileTextTest::harmless);
    assertThat(view.text().length()).isLessThan(60_000);
    JsonNode tree = JSON.readTree(view.text());
    assertThat(JSON.writeValueAsString(tree)).isEqualTo(view.text());
    return tree;
  }

  /** Nothing that a terminal, a log or a web page acts on, as written. */
  private static void harmless(String line) {
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      boolean acts =
          type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.SURROGATE
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || c == '<'
              || c == '>'
              || c == '`';
      if (acts) {
        throw new AssertionError("U+" + Integer.toHexString(c) + " in " + line);
      }
    }
    assertThat(line).doesNotContain("](");
  }

  @Test
  void shouldChangeNothingWhenCleanedAgain() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < CASES; i++) {
      // Given
      int longest = 16 + random.nextInt(200);

      // When
      String once = SafeText.clean(hostile(random), longest);

      // Then
      assertThat(SafeText.clean(once, longest)).isEqualTo(once);
      assertThat(once.length()).isLessThanOrEqualTo(longest);
      harmless(once);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      textBlock =
          """
          svc-partner_17@acme.example, svc-partner_17@acme.example
          Zoë Müller-Łuka, Zoë Müller-Łuka
          顧客 42, 顧客 42
          a=b|c\\d, a=b|c\\d
          =1+1, \\u{3d}1+1
          <b>, \\u{3c}b\\u{3e}
          O'Brien' onload=x, O’Brien’ onload=x
          [x](y), [x]\\u{28}y)
          """)
  void shouldKeepNamesAndMarkWhatActsWhenCleaned(String text, String expected) {
    assertThat(SafeText.clean(text, 256)).isEqualTo(expected);
  }
}

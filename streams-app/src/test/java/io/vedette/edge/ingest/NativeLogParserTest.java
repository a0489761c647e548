package io.vedette.edge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLogParserTest {

  static final String CONTRACT_LINE =
      """
      {"requestId":"r-1","time":"2026-03-01T09:00:00.125Z","tenant":"acme",\
      "principal":"svc-scoring","sessionId":"s-9",\
      "auth":{"method":"API_KEY","scopes":["predict"],"ip":"192.0.2.7"},\
      "model":{"name":"credit-risk","version":"3.2.1","digest":"sha256:9f2c"},\
      "input":{"features":[0.12,5.1,1.0],"categorical":{"country":"DE"}},\
      "output":{"label":"approve","probabilities":[0.91,0.09]},\
      "status":200,"latencyMs":12,"tokens":{"input":3,"output":4},"groups":{"sex":"F"},\
      "parameters":{"temperature":0.5}}""";
  static final String BATCH_LINE =
      """
      {"requestId":"r-2","time":"2026-03-01T09:00:00Z","principal":"p","model":{"name":"m"},\
      "input":{"features":[[1,2],[3,null]],"categorical":[{"a":"x"},{"b":true}]},\
      "output":{"label":["y",1],"probabilities":[[1,0],[0.5,0.5]],"value":[1.5,null]}}""";
  static final String TEXT_LINE =
      """
      {"requestId":"r-3","time":"2026-03-01T09:00:00Z","principal":"p","model":{"name":"m"},\
      "input":{"messages":[{"role":"user","content":"h\\u00e4llo","name":"n"}]},\
      "output":{"text":"well","finishReason":"stop"},"unknown":{"deep":[1,{"a":[]}]}}""";
  static final Origin ORIGIN = new Origin("log.jsonl", 0, 1);

  private final NativeLogParser parser = new NativeLogParser();

  @Test
  void shouldReadEveryFieldWhenLineIsThatOfTheContract() throws IngestException {
    // When
    Exchange exchange = parse(CONTRACT_LINE);

    // Then
    assertThat(exchange.requestId()).isEqualTo("r-1");
    assertThat(exchange.caller().key()).isEqualTo("acme|svc-scoring");
    assertThat(exchange.model().versionKey()).isEqualTo("credit-risk|3.2.1");
    assertThat(exchange.model().digest()).isEqualTo("sha256:9f2c");
    assertThat(exchange.timeMicros()).isEqualTo(micros("2026-03-01T09:00:00.125Z"));
    Payload.Features input = (Payload.Features) exchange.input();
    assertThat(input.values()).containsExactly(0.12f, 5.1f, 1.0f);
    assertThat(input.shape()).containsExactly(3);
    assertThat(input.categorical())
        .containsExactly(new Payload.Categorical("country", List.of("DE")));
    assertThat(exchange.answers()).hasSize(1);
    assertThat(exchange.answer(0).label()).isEqualTo("approve");
    assertThat(exchange.answer(0).probabilities()).containsExactly(0.91f, 0.09f);
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.latencyMicros()).isEqualTo(12_000);
    assertThat(exchange.inputTokens()).isEqualTo(3);
    assertThat(exchange.outputTokens()).isEqualTo(4);
    assertThat(exchange.sessionId()).isEqualTo("s-9");
    assertThat(exchange.auth())
        .isEqualTo(new Exchange.Auth("API_KEY", List.of("predict"), "192.0.2.7"));
    assertThat(exchange.groups()).containsEntry("sex", "F");
    assertThat(exchange.parameters()).containsEntry("temperature", "0.5");
    assertThat(exchange.pairing()).isEqualTo(Exchange.Pairing.SINGLE_EVENT);
    assertThat(exchange.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void shouldGiveOneAnswerPerRowWhenLineIsABatch() throws IngestException {
    // When
    Exchange exchange = parse(BATCH_LINE);

    // Then
    Payload.Features input = (Payload.Features) exchange.input();
    assertThat(input.rows()).isEqualTo(2);
    assertThat(input.columns()).isEqualTo(2);
    assertThat(input.values()).containsExactly(1f, 2f, 3f, Float.NaN);
    assertThat(input.categorical())
        .containsExactly(
            new Payload.Categorical("a", List.of("x", "")),
            new Payload.Categorical("b", List.of("", "true")));
    assertThat(exchange.answers()).extracting(Answer::label).containsExactly("y", "1");
    assertThat(exchange.answers()).extracting(Answer::value).containsExactly(1.5, Double.NaN);
    assertThat(exchange.answer(1).probabilities()).containsExactly(0.5f, 0.5f);
  }

  @Test
  void shouldReadConversationWhenInputHasMessages() throws IngestException {
    // When
    Exchange exchange = parse(TEXT_LINE);

    // Then
    assertThat(exchange.input())
        .isEqualTo(new Payload.Text(List.of(new Payload.Message("user", "h\u00e4llo"))));
    assertThat(exchange.text()).isEqualTo("well");
    assertThat(exchange.finishReason()).isEqualTo("stop");
    assertThat(exchange.answers()).isEmpty();
    assertThat(exchange.latencyMicros()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "\"input\":{\"features\":[1,2,3,\"x\"]}~input.features[3] must be a number or null",
        "\"input\":{\"features\":[1,NaN]}~input.features[1] must be finite",
        "\"input\":{\"features\":[1e39]}~input.features[0] must be in the range of a 32-bit float",
        "\"input\":{\"features\":[1e999]}~input.features[0] must be finite",
        "\"input\":{\"features\":[[1,2],[3]]}~input.features[1] must be as long as the first row",
        "\"input\":{\"features\":[[1,2],3]}~input.features[1] must be a list, as the rows before",
        "\"input\":{\"features\":[1,[2]]}~input.features[1] must be a number, as the values",
        "\"input\":{\"features\":[1,2],\"shape\":[3]}~input must have a shape whose product",
        "\"input\":{\"features\":[1],\"shape\":[0]}~input.shape[0] must be a whole number from 1",
        "\"input\":{\"features\":[1],\"hash\":\"x\"}~input must have one of features, messages",
        "\"input\":{\"features\":[1],\"embedding\":[1]}~input.embedding must not stand beside",
        "\"input\":{\"categorical\":{\"secret\":[1]}}~input.categorical.* must be a string, number",
        "\"input\":{\"messages\":[{\"role\":\"root\"}]}~input.messages[0].role must be one of",
        "\"input\":{\"messages\":[{}]}~input.messages[0] must have a role",
        "\"input\":7~input must be an object",
        "\"output\":{\"probabilities\":[1.5]}~output.probabilities must be from 0 to 1",
        "\"output\":{\"probabilities\":[1,null]}~output.probabilities[1] must be a number",
        "\"output\":{\"label\":[1,2],\"value\":[1]}~output must have as many labels",
        "\"output\":{\"label\":{}}~output.label must be a string, number, boolean or null",
        "\"status\":\"200\"~status must be a whole number",
        "\"status\":1000~status must be a whole number from 0 to 999",
        "\"latencyMs\":-1~latencyMs must be from 0",
        "\"tokens\":{\"input\":1.5}~tokens.input must be a whole number from 0",
        "\"tenant\":\"a|b\"~tenant must not hold |",
        "\"sessionId\":\"a\\u001bb\"~sessionId must not hold control characters",
        "\"status\":1,\"status\":2~status must not be given twice",
        "\"groups\":{\"a\":1,\"a\":2}~groups.* must not be given twice",
        "\"half\":\"both\"~half must be request or response",
        "\"half\":\"request\",\"output\":{}~output must be absent when half is request",
        "\"half\":\"response\",\"input\":{\"hash\":\"x\"}~input must be absent when half is response",
      })
  void shouldNameFieldAndLimitWhenAValueIsWrong(String field, String reason) {
    assertThatThrownBy(() -> parse(minimal(field)))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{}~time is required",
        "[]~line must be an object",
        "{\"time\":\"2026-03-01T09:00:00Z\"}~requestId is required",
        "{\"time\":\"2026-03-01T09:00:00\"}~time must be an ISO-8601 instant with offset",
        "{\"time\":\"1989-12-31T23:59:59Z\"}~time must be from 1990 to 2199",
        "{\"time\":1700000000}~time must be an ISO-8601 instant with offset",
        "{\"principal\":\"\"}~principal must be a non-empty string",
        "{\"principal\":null}~principal must be a string",
        "{\"model\":\"m\"}~model must be an object",
        "{\"a\":1} {\"b\":2}~line must hold one object and nothing else",
        "{\"time\":secret}~line must be valid JSON, but is not at byte",
        "{\"time\":\"2026~line must be a whole JSON object, but ends early",
      })
  void shouldSayWhatIsMissingWhenLineIsNoExchange(String line, String reason) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldReplaceRequestIdByItsHashWhenItIsTooLong() throws IngestException {
    // Given
    String line = CONTRACT_LINE.replace("r-1", "r".repeat(300));

    // When
    Exchange exchange = parse(line);

    // Then
    assertThat(exchange.requestId()).matches("h:[0-9a-f]{64}");
  }

  @Test
  void shouldTellTheHalfWhenLineHoldsOnlyOne() throws IngestException {
    // When
    List<Exchange> halves =
        List.of(parse(minimal("\"half\":\"request\"")), parse(minimal("\"half\":\"response\"")));

    // Then
    assertThat(halves)
        .extracting(Exchange::pairing)
        .containsExactly(Exchange.Pairing.REQUEST_ONLY, Exchange.Pairing.RESPONSE_ONLY);
  }

  @Test
  void shouldRefuseLineWhenItNestsTooDeep() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> parse(minimal("\"unknown\":" + deep)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("limits of depth");
  }

  @Test
  void shouldRefuseLineWhenANumberIsEndless() {
    String endless = "9".repeat(500_000);
    assertThatThrownBy(() -> parse(minimal("\"input\":{\"features\":[" + endless + "]}")))
        .isInstanceOf(IngestException.class);
  }

  @Test
  void shouldShareStringsWhenModelsAndLabelsRepeat() throws IngestException {
    // Given
    Exchange first = parse(CONTRACT_LINE);

    // When
    Exchange second = parse(CONTRACT_LINE);

    // Then
    assertThat(second.model().name()).isSameAs(first.model().name());
    assertThat(second.answer(0).label()).isSameAs(first.answer(0).label());
  }

  private Exchange parse(String line) throws IngestException {
    return parser.parse(line.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  private static String minimal(String field) {
    return "{\"requestId\":\"r\",\"time\":\"2026-03-01T09:00:00Z\",\"principal\":\"p\","
        + "\"model\":{\"name\":\"m\"},"
        + field
        + "}";
  }

  private static long micros(String instant) {
    Instant i = Instant.parse(instant);
    return i.getEpochSecond() * 1_000_000 + i.getNano() / 1000;
  }
}

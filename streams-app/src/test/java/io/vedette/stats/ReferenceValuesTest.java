package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares with values that scipy 1.10.1, numpy 1.24.2 and scikit-learn 1.2.1 gave, when their file
 * is at hand: below the directory of property {@code vedette.shared} or variable {@code
 * SHARED_DIR}, else in {@code shared} beside the checkout.
 */
class ReferenceValuesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Computes one case: named numbers, in the words of the file. */
  private interface Function {
    Map<String, Double> of(JsonNode args);
  }

  private static final Map<String, Function> FUNCTIONS = new TreeMap<>();

  static {
    FUNCTIONS.put("ks_2samp", ReferenceValuesTest::kolmogorovSmirnov);
    FUNCTIONS.put(
        "kolmogorov_limit_sf",
        a ->
            one(
                TwoSample.kolmogorovSmirnovLimitP(
                    a.get("d").asDouble(), a.get("n").asInt(), a.get("m").asInt())));
    FUNCTIONS.put("wasserstein_distance", a -> one(TwoSample.wasserstein(x(a), y(a))));
    FUNCTIONS.put("energy_distance", a -> one(TwoSample.energy(x(a), y(a))));
    FUNCTIONS.put("mannwhitneyu", a -> named("u", TwoSample.mannWhitney(x(a), y(a))));
    FUNCTIONS.put("welch_t", a -> named("t", TwoSample.welch(x(a), y(a))));
    FUNCTIONS.put("jensenshannon_distance", ReferenceValuesTest::jensenShannon);
    FUNCTIONS.put("kl_divergence", a -> one(Divergence.kullbackLeibler(p(a), q(a))));
    FUNCTIONS.put("entropy", ReferenceValuesTest::entropy);
    FUNCTIONS.put("hellinger", a -> one(Divergence.hellinger(p(a), q(a))));
    FUNCTIONS.put("total_variation", a -> one(Divergence.totalVariation(p(a), q(a))));
    FUNCTIONS.put(
        "psi_counts",
        a -> one(PopulationStability.psi(longs(a.get("actual")), longs(a.get("expected")))));
    FUNCTIONS.put("chi2_contingency", a -> contingency(Contingency.chiSquare(table(a))));
    FUNCTIONS.put("g_test", a -> contingency(Contingency.g(table(a))));
    FUNCTIONS.put("chi2_2x2_yates", a -> contingency(Contingency.yates(table(a))));
    FUNCTIONS.put("fisher_exact", a -> Map.of("pvalue", Contingency.fisher(table(a))));
    FUNCTIONS.put(
        "chi2_sf", a -> one(Tails.chiSquare(a.get("x").asDouble(), a.get("df").asDouble())));
    FUNCTIONS.put("norm_sf", a -> one(Tails.normal(a.get("z").asDouble())));
    FUNCTIONS.put("t_sf", a -> one(Tails.student(a.get("t").asDouble(), a.get("df").asDouble())));
    FUNCTIONS.put("kolmogorov_sf", a -> one(Tails.kolmogorov(a.get("x").asDouble())));
    FUNCTIONS.put(
        "poisson_sf", a -> one(Tails.poisson(a.get("k").asLong(), a.get("mu").asDouble())));
    FUNCTIONS.put(
        "binom_test_greater",
        a -> one(Tails.binomial(a.get("k").asInt(), a.get("n").asInt(), a.get("p").asDouble())));
    FUNCTIONS.put("wilson_interval_95", ReferenceValuesTest::wilson);
    FUNCTIONS.put("benjamini_hochberg", a -> indexed(BenjaminiHochberg.adjust(p(a))));
    FUNCTIONS.put("bonferroni", a -> indexed(BenjaminiHochberg.bonferroni(p(a))));
  }

  @TestFactory
  Stream<DynamicTest> shouldAgreeWithTheReferenceValues() throws IOException {
    // Given
    Path file = shared().resolve("data/reference/reference.jsonl.gz");
    if (!Files.exists(file)) {
      String message = "no reference file at hand; the comparison with scipy is left out";
      return Stream.of(DynamicTest.dynamicTest(message, () -> abort(message)));
    }
    Map<String, List<JsonNode>> cases = read(file);
    assertThat(cases.keySet()).containsAll(FUNCTIONS.keySet());
    cases.keySet().removeIf(name -> !FUNCTIONS.containsKey(name));
    // When // Then
    return cases.entrySet().stream()
        .map(
            group ->
                DynamicTest.dynamicTest(
                    group.getKey() + ", " + group.getValue().size() + " cases",
                    () -> group.getValue().forEach(ReferenceValuesTest::check)));
  }

  private static void check(JsonNode reference) {
    Function function = FUNCTIONS.get(reference.get("fn").asText());
    assertThat(function).isNotNull();
    Map<String, Double> values = function.of(reference.get("args"));
    double tolerance = reference.get("rel_tol").asDouble();
    Map<String, JsonNode> expected = expected(reference.get("expected"));
    int compared = 0;
    for (Map.Entry<String, Double> value : values.entrySet()) {
      JsonNode node = expected.get(value.getKey());
      if (node != null && !node.isNull()) { // a few statistics have no p-value there
        assertClose(reference, value.getKey(), value.getValue(), number(node), tolerance);
        compared++;
      }
    }
    assertThat(compared).as("comparisons of %.300s", reference).isPositive();
  }

  private static void assertClose(
      JsonNode reference, String name, double value, double expected, double tolerance) {
    String as = "%s %s of %.300s".formatted(reference.get("fn"), name, reference.get("args"));
    if (Double.isFinite(expected)) {
      double slack = tolerance * Math.abs(expected) + 1e-300;
      assertThat(value).as(as).isCloseTo(expected, offset(slack));
    } else {
      assertThat(value).as(as).isEqualTo(Double.valueOf(expected));
    }
  }

  private static Map<String, Double> kolmogorovSmirnov(JsonNode args) {
    double d = TwoSample.kolmogorovSmirnov(x(args), y(args));
    double p = TwoSample.kolmogorovSmirnovExactP(d, x(args).length, y(args).length);
    return Map.of("statistic", d, "pvalue_exact", p);
  }

  private static Map<String, Double> jensenShannon(JsonNode args) {
    double bits = Divergence.jensenShannonBits(p(args), q(args));
    double distance = Divergence.jensenShannonDistance(p(args), q(args));
    return Map.of(
        "base_e", distance * Math.sqrt(Math.log(2)), "base_2", distance, "divergence_base_2", bits);
  }

  private static Map<String, Double> entropy(JsonNode args) {
    double nats = Divergence.entropy(p(args));
    return Map.of("nats", nats, "bits", nats / Math.log(2));
  }

  private static Map<String, Double> wilson(JsonNode args) {
    WilsonInterval interval = WilsonInterval.of95(args.get("k").asLong(), args.get("n").asLong());
    return Map.of("lo", interval.low(), "hi", interval.high());
  }

  private static Map<String, Double> contingency(Contingency.Result result) {
    return Map.of(
        "statistic",
        result.statistic(),
        "pvalue",
        result.p(),
        "dof",
        (double) result.df(),
        "cramers_v",
        result.cramersV());
  }

  private static Map<String, Double> named(String name, TwoSample.Result result) {
    return Map.of(name, result.statistic(), "pvalue", result.p());
  }

  private static Map<String, Double> one(double value) {
    return Map.of("value", value);
  }

  private static Map<String, Double> indexed(double[] values) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(String.valueOf(i), values[i]);
    }
    return map;
  }

  private static Map<String, JsonNode> expected(JsonNode node) {
    Map<String, JsonNode> map = new LinkedHashMap<>();
    if (node.isObject()) {
      node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        map.put(String.valueOf(i), node.get(i));
      }
    } else {
      map.put("value", node);
    }
    return map;
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  private static Path shared() {
    String property = System.getProperty("vedette.shared");
    String variable = System.getenv("SHARED_DIR");
    if (property != null) {
      return Path.of(property);
    }
    return variable != null ? Path.of(variable) : Path.of("..", "..", "shared");
  }

  private static Map<String, List<JsonNode>> read(Path file) throws IOException {
    Map<String, List<JsonNode>> cases = new TreeMap<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = JSON.readTree(line);
        if (node.has("fn")) {
          cases.computeIfAbsent(node.get("fn").asText(), name -> new ArrayList<>()).add(node);
        }
      }
    }
    return cases;
  }

  private static double[] x(JsonNode args) {
    return doubles(args.get("x"));
  }

  private static double[] y(JsonNode args) {
    return doubles(args.get("y"));
  }

  private static double[] p(JsonNode args) {
    return doubles(args.get("p"));
  }

  private static double[] q(JsonNode args) {
    return doubles(args.get("q"));
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(ReferenceValuesTest::number)
        .toArray();
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  private static long[][] table(JsonNode args) {
    return StreamSupport.stream(args.get("table").spliterator(), false)
        .map(ReferenceValuesTest::longs)
        .toArray(long[][]::new);
  }
}

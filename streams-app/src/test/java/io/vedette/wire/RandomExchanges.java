package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exchanges of every kind that the wire can carry, from a seed. */
final class RandomExchanges {

  private final SplittableRandom random;

  RandomExchanges(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Exchange next(Exchange.Pairing pairing, String topic) {
    boolean request = pairing != Exchange.Pairing.RESPONSE_ONLY;
    boolean response = pairing != Exchange.Pairing.REQUEST_ONLY;
    boolean text = random.nextInt(4) == 0;
    int rows = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
    return new Exchange(
        word("r"),
        new CallerId(random.nextBoolean() ? "" : word("t"), word("p")),
        new ModelRef(word("m"), random.nextBoolean() ? "" : word("v"), maybe("sha256:")),
        1_790_000_000_000_000L + random.nextLong(1_000_000_000L),
        request ? input(rows, text) : Payload.NONE,
        response && !text ? answers(rows) : List.of(),
        response && text ? word("answer ü€😀 ") : null,
        response ? maybe("stop") : null,
        response ? (random.nextBoolean() ? 200 : 429) : 0,
        response ? random.nextLong(-1, 1_000_000) : -1,
        random.nextInt(100),
        response ? random.nextInt(100) : 0,
        maybe("s"),
        request ? maybe("subject") : null,
        auth(request),
        request ? map("group") : Map.of(),
        request ? map("parameter") : Map.of(),
        pairing,
        new Origin(topic, -1, -1L),
        "",
        random.nextBoolean() ? null : new TraceId(random.nextLong(), 1 + random.nextLong(99)));
  }

  private Payload input(int rows, boolean text) {
    if (text) {
      List<Payload.Message> messages = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        messages.add(new Payload.Message(i == 0 ? "system" : "user", word("prompt ß ")));
      }
      return new Payload.Text(messages);
    }
    if (rows == 1 && random.nextInt(5) == 0) {
      return random.nextBoolean() ? Payload.NONE : new Payload.Hash(word("hash"));
    }
    int[] shape =
        random.nextInt(4) == 0
            ? new int[] {1 + random.nextInt(4), 1 + random.nextInt(4)}
            : new int[] {1 + random.nextInt(40)};
    int columns = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    boolean embedding = random.nextInt(5) == 0;
    List<Payload.Categorical> categorical = new ArrayList<>();
    for (int i = 0; !embedding && i < random.nextInt(3); i++) {
      List<String> values = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        values.add(random.nextInt(5) == 0 ? "" : word("c"));
      }
      categorical.add(new Payload.Categorical("column" + i, values));
    }
    return new Payload.Features(
        floats(rows * columns), rows, columns, shape, categorical, embedding);
  }

  private List<Answer> answers(int rows) {
    List<Answer> answers = new ArrayList<>();
    int kind = random.nextInt(4);
    for (int row = 0; row < rows; row++) {
      answers.add(
          switch (kind) {
            case 0 -> new Answer(word("l"), new float[0], Double.NaN);
            case 1 -> new Answer(maybe("l"), simplex(2 + random.nextInt(4)), Double.NaN);
            case 2 -> new Answer(word("l"), new float[] {random.nextFloat()}, Double.NaN);
            default -> new Answer(null, new float[0], random.nextDouble() * 100);
          });
    }
    return answers;
  }

  private Exchange.@Nullable Auth auth(boolean request) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new Exchange.Auth("API_KEY", List.of(word("scope"), "predict"), "192.0.2.7");
      case 2 -> new Exchange.Auth("MTLS", List.of(), null);
      default -> new Exchange.Auth(request ? "PASSKEY" : "JWT", List.of("predict"), null);
    };
  }

  private Map<String, String> map(String prefix) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      map.put(prefix + i, word("x"));
    }
    return map;
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextDouble(-1000, 1000);
    }
    return values;
  }

  private float[] simplex(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (1 + random.nextInt(9)) / (10f * count);
    }
    return values;
  }

  private String word(String prefix) {
    return prefix + random.nextInt(1000);
  }

  private @Nullable String maybe(String prefix) {
    return random.nextBoolean() ? null : word(prefix);
  }
}

package io.vedette.wire;

import io.vedette.core.Payload;
import io.vedette.inference.v1.AuthMethod;
import io.vedette.inference.v1.AuthStrength;
import io.vedette.inference.v1.DType;
import io.vedette.inference.v1.PayloadMode;
import io.vedette.inference.v1.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records nested in requests and responses straight from their bytes. Tensor data is not
 * copied: it stays in the record's bytes until it becomes numbers.
 */
final class PositionalPartsDecoder {

  private static final AuthMethod[] METHODS = AuthMethod.values();
  private static final DType[] DTYPES = DType.values();
  private static final int STRENGTHS = AuthStrength.values().length;
  private static final int MODES = PayloadMode.values().length;
  private static final List<String> ROLES =
      Arrays.stream(Role.values()).map(RecordParts::role).toList();
  private static final int USUAL_DIMENSIONS = 4;

  private final StringCache cache = new StringCache();

  CallParts.Caller caller(ByteReader in) {
    CallParts.Caller to = new CallParts.Caller();
    to.principalId = in.readString(); // of many accounts a cache gives texts that are cold
    to.tenantId = text(in);
    to.apiKeyHash = in.readIndex(2) == 0 ? null : in.readString();
    if (in.readIndex(2) == 1) {
      in.skipString(); // endUserId
    }
    to.sessionId = in.readIndex(2) == 0 ? null : in.readString();
    to.clientIp = in.readIndex(2) == 0 ? null : in.readString();
    if (in.readIndex(2) == 1) {
      in.readLong(); // userAgentHash
    }
    to.authMethod = METHODS[in.readIndex(METHODS.length)];
    in.readIndex(STRENGTHS);
    to.scopes = texts(in);
    return to;
  }

  CallParts.Model model(ByteReader in) {
    CallParts.Model to = new CallParts.Model();
    to.name = text(in);
    to.version = text(in);
    to.digest = optionalText(in);
    in.skipString(); // provider
    in.skipString(); // namespace
    in.skipString(); // endpoint
    if (in.readIndex(2) == 1) {
      in.skipString(); // requestedName
    }
    if (in.readIndex(2) == 1) {
      in.skipString(); // systemFingerprint
    }
    return to;
  }

  /**
   * Reads a payload.
   *
   * @param input whether it is an input; of an output only the messages are kept
   */
  CallParts.Body body(ByteReader in, boolean input) {
    CallParts.Body to = new CallParts.Body();
    in.readIndex(MODES);
    in.skipString(); // contentType
    in.readLong(); // originalBytes
    if (in.readIndex(2) == 1) {
      in.skipString(); // bodyHmac
    }
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        if (input) {
          to.tensors = CallParts.append(to.tensors, tensor(in));
        } else {
          skipTensor(in);
        }
      }
    }
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        to.messages = CallParts.append(to.messages, message(in));
      }
    }
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        sketch(in, to);
      }
    }
    if (in.readIndex(2) == 1) {
      in.skipString(); // raw
    }
    return to;
  }

  TensorParts tensor(ByteReader in) {
    String name = text(in);
    DType dtype = DTYPES[in.readIndex(DTYPES.length)];
    long[] shape = shape(in);
    int length = in.readLength();
    int offset = in.position();
    in.skip(length);
    List<String> strings = texts(in);
    boolean batched = in.readBoolean();
    return new TensorParts(name, dtype, shape, in.bytes(), offset, length, strings, batched);
  }

  /** A string that may well come again. */
  String text(ByteReader in) {
    return in.readString(cache);
  }

  @Nullable String optionalText(ByteReader in) {
    return in.readIndex(2) == 0 ? null : text(in);
  }

  List<String> texts(ByteReader in) {
    List<String> texts = List.of();
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        texts = CallParts.append(texts, text(in));
      }
    }
    return texts;
  }

  void skipTexts(ByteReader in) {
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        in.skipString();
      }
    }
  }

  Map<String, String> map(ByteReader in) {
    Map<String, String> map = Map.of();
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        String key = text(in);
        map = CallParts.put(map, key, text(in));
      }
    }
    return map;
  }

  void skipMap(ByteReader in) {
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        in.skipString();
        in.skipString();
      }
    }
  }

  private void skipTensor(ByteReader in) {
    in.skipString(); // name
    in.readIndex(DTYPES.length);
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        in.readLong(); // shape
      }
    }
    in.skipString(); // data
    skipTexts(in); // strings
    in.readBoolean(); // batched
  }

  private static long[] shape(ByteReader in) {
    long[] shape = new long[USUAL_DIMENSIONS];
    int size = 0;
    for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
      for (int i = 0; i < count; i++) {
        if (size == shape.length) {
          shape = Arrays.copyOf(shape, 2 * size);
        }
        shape[size++] = in.readLong();
      }
    }
    return Arrays.copyOf(shape, size);
  }

  private Payload.Message message(ByteReader in) {
    String role = ROLES.get(in.readIndex(ROLES.size()));
    String text = in.readString();
    in.readInt(); // textLength
    if (in.readIndex(2) == 1) {
      in.skipString(); // textHmac
    }
    if (in.readIndex(2) == 1) {
      in.readLong(); // simHash
    }
    skipTexts(in); // toolNames
    skipTexts(in); // modalities
    return new Payload.Message(role, text);
  }

  private void sketch(ByteReader in, CallParts.Body to) {
    String kind = text(in);
    in.skipString(); // version
    int dim = in.readInt();
    int rows = in.readInt();
    int length = in.readLength();
    int offset = in.position();
    in.skip(length);
    if (to.embedding == null && kind.equals(InputAssembly.EMBEDDING)) {
      to.embedding = new CallParts.Sketch(dim, rows, in.bytes(), offset, length);
    }
  }
}

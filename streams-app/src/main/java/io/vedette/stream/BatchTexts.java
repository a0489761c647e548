package io.vedette.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distinct texts of a batch, numbered from 0 in order of first use. */
final class BatchTexts {

  private static final int MAX_TEXTS = 1 << 20;
  private static final int RECENT = 32; // slots
  private static final int MAX_CHARS = 20_000; // three bytes each at most, of 65,535

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final @Nullable String[] recent = new String[RECENT];
  private final int[] recentNumbers = new int[RECENT];

  /** A text that {@code writeUTF} can take: names are chosen by clients and may be huge. */
  static String clipped(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }

  int number(String text) {
    // Texts repeat from entry to entry; their objects know their hash, a map also asks for entries.
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 8) & (RECENT - 1);
    if (text.equals(recent[slot])) {
      return recentNumbers[slot];
    }
    int number = look(text);
    recent[slot] = text;
    recentNumbers[slot] = number;
    return number;
  }

  private int look(String text) {
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(numbers.size());
    for (String text : numbers.keySet()) {
      out.writeUTF(clipped(text));
    }
  }

  static List<String> read(DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MAX_TEXTS) {
      throw new IOException("texts must be 0 to " + MAX_TEXTS + ", were " + size);
    }
    List<String> texts = new ArrayList<>(Math.min(size, 1024));
    for (int i = 0; i < size; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }
}

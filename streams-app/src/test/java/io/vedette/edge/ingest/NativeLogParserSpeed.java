package io.vedette.edge.ingest;

import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Measures microseconds of CPU per line of 30 features; run its main method with the test class
 * path.
 */
final class NativeLogParserSpeed {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private NativeLogParserSpeed() {}

  public static void main(String[] args) throws IngestException {
    Random random = new Random(1);
    byte[][] lines = new byte[1000][];
    for (int i = 0; i < lines.length; i++) {
      StringBuilder features = new StringBuilder();
      for (int k = 0; k < 30; k++) {
        features.append(k == 0 ? "" : ",");
        features.append(String.format(Locale.ROOT, "%.4f", random.nextGaussian() * 10));
      }
      lines[i] =
          NativeLogParserTest.CONTRACT_LINE
              .replace("0.12,5.1,1.0", features)
              .replace("r-1", "r-" + i)
              .getBytes(StandardCharsets.UTF_8);
    }
    NativeLogParser parser = new NativeLogParser();
    double checksum = 0;
    for (int round = 0; round < 8; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < 200_000; i++) {
        byte[] line = lines[i % lines.length];
        Exchange exchange = parser.parse(line, NativeLogParserTest.ORIGIN);
        checksum += ((Payload.Features) exchange.input()).values()[i % 30];
      }
      double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1000.0 / 200_000;
      System.out.printf(
          Locale.ROOT, "%.2f us of CPU per line, %d bytes%n", micros, lines[0].length);
    }
    System.out.println(checksum);
  }
}

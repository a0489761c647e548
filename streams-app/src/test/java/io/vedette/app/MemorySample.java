package io.vedette.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of an instance.
 *
 * @param heapBytes heap in use after a collection
 * @param residentBytes memory that the kernel counts for the process, native memory with it
 */
record MemorySample(long heapBytes, long residentBytes) {

  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\",.*} (\\S+)$");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  /** Collects the garbage of a process of this JDK and reads its metrics page. */
  static MemorySample of(long pid, int port) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("jcmd ended with " + exit);
    }
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    long heap = 0;
    for (Matcher pool = HEAP.matcher(metrics); pool.find(); ) {
      heap += (long) Double.parseDouble(pool.group(1));
    }
    Matcher resident =
        RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    if (heap == 0 || !resident.find()) {
      throw new IOException("no memory figures of process " + pid);
    }
    return new MemorySample(heap, Long.parseLong(resident.group(1)) * 1024);
  }

  /** The median of each figure. */
  static MemorySample median(List<MemorySample> samples) {
    return new MemorySample(
        median(samples, MemorySample::heapBytes), median(samples, MemorySample::residentBytes));
  }

  private static long median(List<MemorySample> samples, ToLongFunction<MemorySample> figure) {
    return samples.stream().mapToLong(figure).sorted().toArray()[samples.size() / 2];
  }

  @Override
  public String toString() {
    return "heap %d MiB, resident %d MiB".formatted(heapBytes >> 20, residentBytes >> 20);
  }
}

package io.vedette.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What {@code deploy/kafka/acls.sh} grants, read from its calls of Kafka's own tool. */
public final class AclScript {

  private static final Path SCRIPT = Path.of("..", "deploy", "kafka", "acls.sh");

  /** One operation on one resource. */
  public record Right(ResourcePattern resource, AclOperation operation) {}

  private AclScript() {}

  /**
   * The rights that the script gives.
   *
   * @param directory for a stand-in of Kafka's tool, which writes down its words
   * @param role service, gateway, reader or analyst
   * @param environment further variables of the script
   */
  public static List<Right> rights(Path directory, String role, Map<String, String> environment)
      throws Exception {
    Path log = Files.createTempFile(directory, role, ".calls");
    Path stub = directory.resolve("kafka-acls.sh");
    Files.writeString(stub, "#!/bin/sh\necho \"$*\" >> \"$CALLS\"\n");
    if (!stub.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot be made executable: " + stub);
    }
    var builder = new ProcessBuilder("bash", SCRIPT.toString(), role).redirectErrorStream(true);
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    builder.environment().put("CALLS", log.toString());
    builder.environment().put("BOOTSTRAP", "unused:9092");
    builder.environment().put("PRINCIPAL", "User:unused");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("acls.sh: " + said);
    }
    List<Right> rights = new ArrayList<>();
    for (String call : Files.readAllLines(log)) {
      List<String> words = List.of(call.split(" "));
      ResourcePattern resource = resource(words);
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i).equals("--operation")) {
          rights.add(new Right(resource, operation(words.get(i + 1))));
        }
      }
    }
    return rights;
  }

  private static ResourcePattern resource(List<String> words) {
    PatternType pattern =
        words.contains("--resource-pattern-type") ? PatternType.PREFIXED : PatternType.LITERAL;
    Map<String, ResourceType> types =
        Map.of(
            "--topic", ResourceType.TOPIC,
            "--group", ResourceType.GROUP,
            "--transactional-id", ResourceType.TRANSACTIONAL_ID);
    for (int i = 0; i < words.size(); i++) {
      ResourceType type = types.get(words.get(i));
      if (type != null) {
        return new ResourcePattern(type, words.get(i + 1), pattern);
      }
    }
    throw new IllegalStateException("no resource in " + words);
  }

  private static AclOperation operation(String name) {
    return AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
  }
}

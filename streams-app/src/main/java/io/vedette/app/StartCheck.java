package io.vedette.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What the service needs before it can run.
 *
 * @param problems what is missing, one line each: it cannot run
 * @param warnings what is not as it should be, one line each: it can run all the same
 */
record StartCheck(List<String> problems, List<String> warnings) {

  /** Everything that is missing on Kafka and the registry; nothing is changed there. */
  static List<String> problems(Settings settings) {
    return of(settings).problems();
  }

  /** A look at Kafka and the registry; nothing is changed there. */
  static StartCheck of(Settings settings) {
    List<String> problems = new ArrayList<>(KafkaLogin.unresolved(settings.kafka()));
    problems.addAll(RegistryLogin.unresolved(settings));
    if (!problems.isEmpty()) {
      return new StartCheck(problems, List.of());
    }
    problems.addAll(kafka(settings));
    RegistryCheck registry = RegistryCheck.of(settings);
    problems.addAll(registry.problems());
    return new StartCheck(problems, registry.warnings());
  }

  private static List<String> kafka(Settings settings) {
    List<String> problems = new ArrayList<>();
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      problems.addAll(admin.problemsOfService());
    } catch (IllegalStateException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    if (problems.stream().anyMatch(p -> p.startsWith("topic "))) {
      problems.add("the topics command creates the topics that are missing");
    }
    if (problems.stream().anyMatch(p -> p.startsWith("missing right"))) {
      problems.add("deploy/kafka/acls.sh service grants what the service needs");
    }
    return problems;
  }
}

package io.vedette.app;

import java.util.ArrayList;
import java.util.List;

/** What the service needs before it can run, and what of it is missing. */
final class StartCheck {

  private StartCheck() {}

  /** Everything that is missing on Kafka, one line each; nothing is changed there. */
  static List<String> problems(Settings settings) {
    List<String> unresolved = KafkaLogin.unresolved(settings.kafka());
    if (!unresolved.isEmpty()) {
      return unresolved;
    }
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

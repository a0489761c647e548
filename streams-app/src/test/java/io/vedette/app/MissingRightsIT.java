package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.cluster.AclScript.Right;
import io.vedette.cluster.SecureBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the check before a start says when a right is missing that {@code deploy/kafka/acls.sh}
 * grants: each right of its list is taken away in turn, so that the list has none too many, and
 * none is missed in silence.
 */
class MissingRightsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  @TempDir static Path dir;
  private static SecureBed bed;
  private static SecureBroker broker;

  @BeforeAll
  static void start() throws Exception {
    bed =
        new SecureBed(
            dir,
            Map.of(
                "vedette", Map.of(),
                "watched", SecureBed.EVERYTHING,
                "plain", Map.of(),
                "fresh", Map.of()),
            List.of("stranger"));
    broker = bed.broker();
    List<NewTopic> internal = new ArrayList<>();
    for (String application : List.of("watched", "plain")) {
      internal.add(new NewTopic(application + "-caller-states-changelog", 2, (short) 1));
    }
    broker.admin().createTopics(internal).all().get();
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @Test
  void shouldNameTheRightWhenOneIsTakenAway() throws Exception {
    // When
    Set<Right> named =
        takeAway("watched", SecureBed.EVERYTHING, right -> true, SecureBed.allOutlets());

    // Then
    assertThat(named).hasSizeGreaterThan(15);
  }

  @Test
  void shouldNameTheRightToSeeATopicWhenNothingIsWrittenThere() throws Exception {
    // When: outlets that are off
    Set<Right> named =
        takeAway("plain", Map.of(), right -> right.operation() == AclOperation.DESCRIBE);

    // Then
    assertThat(named)
        .extracting(right -> right.resource().name())
        .containsExactlyInAnyOrder(
            "vedette.incidents.ecs", "vedette.incidents.cef", "vedette.actions");
  }

  @Test
  void shouldNameWhatCanBeTriedWhenNoInternalTopicIsThereYet() throws Exception {
    // Given
    Set<Right> rights = new HashSet<>(bed.rights("fresh", Map.of()));
    rights.removeIf(right -> !right.resource().name().equals("fresh-"));
    try (TopicAdmin admin = new TopicAdmin(bed.settings("fresh"))) {
      assertThat(admin.problemsOfService()).isEmpty();

      // When: all at once, for others would imply Describe
      for (Right right : rights) {
        broker.forbid("fresh", right.resource(), right.operation());
      }
      await()
          .atMost(LIMIT)
          .pollInterval(POLL)
          .untilAsserted(
              () ->
                  assertThat(admin.problemsOfService())
                      .containsExactlyInAnyOrder(
                          "missing right: Create on topics with the prefix fresh-",
                          "missing right: Describe on topics with the prefix fresh-",
                          "missing right: DescribeConfigs on topics with the prefix fresh-",
                          "missing right: Read on topics with the prefix fresh-"));

      // Then: each is named for itself
      for (Right right : rights) {
        broker.allow("fresh", right.resource(), right.operation());
      }
      await().atMost(LIMIT).pollInterval(POLL).until(() -> admin.problemsOfService().isEmpty());
      for (AclOperation operation :
          List.of(AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS, AclOperation.READ)) {
        ResourcePattern prefix =
            new ResourcePattern(ResourceType.TOPIC, "fresh-", PatternType.PREFIXED);
        broker.forbid("fresh", prefix, operation);
        String expected = AccessCheck.missing(operation, "topics with the prefix fresh-");
        await()
            .atMost(LIMIT)
            .pollInterval(POLL)
            .untilAsserted(() -> assertThat(admin.problemsOfService()).containsExactly(expected));
        broker.allow("fresh", prefix, operation);
      }
    }
    assertThat(rights).hasSize(6);
    Set<String> present = broker.admin().listTopics().names().get();
    assertThat(present).noneMatch(name -> name.startsWith("fresh-"));
  }

  @Test
  void shouldNameNoRightWhenTransactionsFailOtherwise() throws Exception {
    // Given: longer than brokers let transactions last
    Settings settings =
        bed.settings(
            "watched",
            "VEDETTE_KAFKA_GUARANTEE",
            "exactly_once_v2",
            "VEDETTE_KAFKA_PROPERTIES_TRANSACTION_TIMEOUT_MS",
            "86400000");

    // When
    List<String> problems = StartCheck.problems(settings);

    // Then
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldNameTheTopicsWhenTheyMayNotBeCreated() throws Exception {
    // Given
    Settings settings = bed.settings("stranger");

    // When, then
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      assertThat(admin.problems())
          .hasSize(settings.topics().byRole().size())
          .contains("missing right: Describe on topic vedette.incidents");
    }
    assertThat(StartCheck.problems(settings))
        .contains("deploy/kafka/acls.sh service grants what the service needs");
    Settings renamed = bed.settings("vedette", "VEDETTE_TOPICS_OCSF", "vedette-view");
    try (TopicAdmin admin = new TopicAdmin(renamed)) {
      assertThat(admin.create()).containsExactly("vedette-view"); // the prefix of internal topics
    }
  }

  @Test
  void shouldCompareTopicsOrSayThatItMayNotWhenTheyAreChecked() throws Exception {
    // Given: the topics of this test have the brokers' defaults
    ResourcePattern all = new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL);
    TopicConfigs hidden;
    try (TopicAdmin admin = new TopicAdmin(bed.settings("vedette"))) {
      hidden = admin.configs();
    }

    // When
    broker.allow("stranger", all, AclOperation.DESCRIBE_CONFIGS);
    broker.allow("stranger", all, AclOperation.DESCRIBE);
    TopicConfigs seen;
    try (TopicAdmin admin = new TopicAdmin(bed.settings("stranger"))) {
      seen = admin.configs();
    } finally {
      broker.forbid("stranger", all, AclOperation.DESCRIBE_CONFIGS);
      broker.forbid("stranger", all, AclOperation.DESCRIBE);
    }

    // Then
    assertThat(hidden.problems()).isEmpty();
    assertThat(hidden.warnings())
        .singleElement()
        .asString()
        .contains("missing right: DescribeConfigs on topics inference.requests,");
    assertThat(seen.problems())
        .hasSize(3)
        .anyMatch(p -> p.startsWith("topic vedette.baselines has cleanup.policy=delete"));
    assertThat(seen.warnings())
        .anyMatch(w -> w.startsWith("topic vedette.incidents has retention.ms=604800000"))
        .anyMatch(w -> w.startsWith("topic vedette.incidents has message.timestamp.type=Create"))
        .contains("topic vedette.models has 2 partitions, topics.partitions is 6");
  }

  /** Takes each of some rights of a service away and gives it back; those that were named. */
  private static Set<Right> takeAway(
      String application, Map<String, String> variables, Predicate<Right> which, String... more)
      throws Exception {
    List<Right> rights = bed.rights(application, variables);
    Set<Right> named = new HashSet<>();
    try (TopicAdmin admin = new TopicAdmin(bed.settings(application, more))) {
      for (Right right : rights) {
        if (isImplied(right, rights) || !which.test(right)) {
          continue;
        }
        List<String> expected = new ArrayList<>();
        if (right.operation() != AclOperation.CREATE) { // needed before the first start only
          expected.add(AccessCheck.missing(right.operation(), resource(right)));
          named.add(right);
        }
        broker.forbid(application, right.resource(), right.operation());
        await()
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .pollInterval(POLL)
            .untilAsserted(() -> assertThat(admin.problemsOfService()).isEqualTo(expected));
        broker.allow(application, right.resource(), right.operation());
      }
    }
    return named;
  }

  /** Whether another right of the list gives this one too, so that nobody can miss it. */
  private static boolean isImplied(Right right, List<Right> rights) {
    return right.operation() == AclOperation.DESCRIBE
        && rights.stream()
            .filter(other -> other.resource().equals(right.resource()))
            .anyMatch(
                other -> Set.of(AclOperation.READ, AclOperation.WRITE).contains(other.operation()));
  }

  private static String resource(Right right) {
    String name = right.resource().name();
    return switch (right.resource().resourceType()) {
      case GROUP -> "group " + name;
      case TRANSACTIONAL_ID -> "transactional ids with the prefix " + name;
      default -> (name.endsWith("-") ? "topics with the prefix " : "topic ") + name;
    };
  }
}

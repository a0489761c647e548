package io.vedette.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The topics of the contract as the brokers show them to us.
 *
 * @param found what can be described, by name
 * @param missing names that do not exist
 * @param hidden names that we may not describe, whether they exist or not
 */
record TopicLook(Map<String, TopicDescription> found, List<String> missing, List<String> hidden) {

  /** What is wrong with them. */
  List<String> problems(Settings.Topics topics) {
    List<String> problems = new ArrayList<>();
    missing.forEach(name -> problems.add("topic " + name + " is missing"));
    hidden.forEach(
        name -> problems.add(AccessCheck.missing(AclOperation.DESCRIBE, "topic " + name)));
    List<TopicDescription> inputs =
        List.of(topics.requests(), topics.responses(), topics.exchanges()).stream()
            .filter(found::containsKey)
            .map(found::get)
            .toList();
    if (inputs.stream().map(d -> d.partitions().size()).distinct().count() > 1) {
      problems.add(
          "requests, responses and exchanges must have the same number of partitions, have "
              + String.join(
                  ", ", inputs.stream().map(d -> d.name() + " " + d.partitions().size()).toList()));
    }
    return problems;
  }
}

package io.vedette.app;

import io.vedette.control.v1.Verdict;
import io.vedette.core.Incident;
import io.vedette.edge.http.Dossiers;
import io.vedette.edge.http.Health;
import io.vedette.edge.http.HttpSources;
import io.vedette.edge.http.Judgement;
import io.vedette.edge.http.Judgements;
import io.vedette.edge.http.RecentIncidents;
import io.vedette.edge.siem.JsonLines;
import io.vedette.wire.WireSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What analysts look at, read from the topics of incidents, findings and verdicts: the same behind
 * the service's API and behind the terminal without it.
 */
final class SocView implements AutoCloseable {

  private static final Duration FINDINGS = Duration.ofDays(2);
  private static final int MAX_NAME = 64; // characters of a detector in an address

  private final RecentIncidents incidents = new RecentIncidents();
  private final Judgements judgements = new Judgements();
  private final VerdictTally tally = new VerdictTally();
  private final Dossiers dossiers;
  private final VerdictWriter writer;
  private final List<TopicReader<?>> readers = new ArrayList<>();
  private final String runbookUrl;
  private final Duration longestException;

  /**
   * Builds the view; {@link #start} lets it read.
   *
   * @param findings whether it reads findings, which only dossiers show
   * @param further takes each incident activity as well
   */
  SocView(Settings settings, WireSerdes wire, boolean findings, Consumer<Incident> further) {
    dossiers = new Dossiers(settings.http().dossiers());
    writer = new VerdictWriter(settings, wire);
    runbookUrl = settings.siem().runbookUrl();
    longestException = settings.verdicts().longestException();
    Settings.Topics topics = settings.topics();
    readers.add(
        new TopicReader<>(
            settings,
            topics.incidents(),
            wire.incidents().deserializer(),
            null,
            incident -> {
              incidents.accept(incident);
              tally.accept(incident);
              further.accept(incident);
            }));
    readers.add(
        new TopicReader<>(
            settings,
            topics.verdicts(),
            wire.records(Verdict.class).deserializer(),
            null,
            verdict -> judged(judgement(verdict, longestException))));
    if (findings && settings.http().dossiers() > 0) {
      readers.add(
          new TopicReader<>(
              settings,
              topics.findings(),
              wire.findings().deserializer(),
              Instant.now().minus(FINDINGS),
              dossiers));
    }
  }

  /** What holds of a verdict of the topic: its exception no longer than the settings allow. */
  static Judgement judgement(Verdict verdict, Duration longest) {
    return VerdictRecords.judgement(verdict).endingWithin(longest.toMillis() * 1000L);
  }

  void start() {
    readers.forEach(TopicReader::start);
  }

  /** True once everything that was there at the start has been read. */
  boolean caughtUp() {
    return readers.stream().allMatch(TopicReader::caughtUp);
  }

  /** Why a reader stopped, null while all run. */
  @Nullable RuntimeException failure() {
    return readers.stream()
        .map(TopicReader::failure)
        .filter(f -> f != null)
        .findFirst()
        .orElse(null);
  }

  HttpSources sources(Supplier<Health> health, Supplier<String> metrics) {
    return new HttpSources(
        health,
        metrics,
        () -> Catalogue.json(tally),
        incidents,
        dossiers,
        judgements,
        new JsonLines()::incident,
        detector -> runbook(runbookUrl, detector),
        longestException,
        judgement -> {
          writer.accept(judgement);
          judged(judgement); // before it comes back from the topic
        });
  }

  private void judged(Judgement judgement) {
    judgements.accept(judgement);
    tally.accept(judgement);
  }

  /**
   * Your runbook; else the page that the service serves, below its own address.
   *
   * @param url {@code siem.runbookUrl}
   * @return empty for a detector without a page
   */
  static String runbook(String url, String detector) {
    if (url.isEmpty()) {
      boolean served = Wiring.profiles().stream().anyMatch(p -> p.id().equals(detector));
      return served ? "/runbooks/" + detector : "";
    }
    String safe = detector.replaceAll("[^A-Za-z0-9_-]", "_");
    return url.replace("{detector}", safe.substring(0, Math.min(MAX_NAME, safe.length())));
  }

  @Override
  public void close() {
    readers.forEach(TopicReader::close);
    writer.close();
  }
}

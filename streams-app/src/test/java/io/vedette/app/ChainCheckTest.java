package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vedette.stream.ChainLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

  private static final int PARTITIONS = 3;
  private static final Map<Integer, Boolean> WHOLE = Map.of(0, false, 1, false, 2, false);

  /** Records of two chains over three partitions, in order of time. */
  private static List<ChainRecord> records(int number) {
    List<ChainRecord> records = new ArrayList<>();
    Random random = new Random(number);
    long[] offsets = new long[PARTITIONS];
    for (int i = 0; i < number; i++) {
      String chain = i % 2 + "@1";
      int place = i / 2;
      int partition = random.nextInt(PARTITIONS);
      ChainLink link =
          new ChainLink(
              chain,
              place,
              place == 0 ? ChainLink.NONE : hash(chain, place - 1, ""),
              i < number / 2 ? "1 abc" : "2 abc",
              hash(chain, place, ""));
      records.add(new ChainRecord("i", partition, offsets[partition]++, 1000 + i, link, true));
    }
    return records;
  }

  /** Stands for a hash; a check looks at equality alone. */
  private static String hash(String chain, long place, String variant) {
    return String.format("%64s", chain + place + variant).replace(' ', 'f').replace('@', 'a');
  }

  private static ChainCheck.Result check(Map<Integer, Boolean> cut, List<ChainRecord> records) {
    ChainCheck check = new ChainCheck(cut);
    records.forEach(check::take);
    return check.finish();
  }

  private static ChainRecord with(ChainRecord r, ChainLink link, boolean intact) {
    return new ChainRecord(r.topic(), r.partition(), r.offset(), r.timeMillis(), link, intact);
  }

  private static ChainLink link(ChainRecord record) {
    return Objects.requireNonNull(record.link());
  }

  @Test
  void shouldBeWholeWhenNothingIsMissing() {
    // Given
    List<ChainRecord> records = records(200);

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.first()).isNull();
    assertThat(found.records()).isEqualTo(200);
    assertThat(found.repeated() + found.cuts() + found.unlinked()).isZero();
    assertThat(found.heads())
        .extracting(ChainCheck.Head::chain, ChainCheck.Head::from, ChainCheck.Head::to)
        .containsExactly(tuple("0@1", 0L, 99L), tuple("1@1", 0L, 99L));
    assertThat(found.writers()).containsOnlyKeys("1 abc", "2 abc");
  }

  @Test
  void shouldBeWholeWhenPartitionsAreReadOutOfStep() {
    // Given: one partition after the others
    List<ChainRecord> records = new ArrayList<>(records(200));
    records.sort(Comparator.comparing((ChainRecord r) -> r.partition() == 1));

    // Then
    assertThat(check(WHOLE, records).first()).isNull();
  }

  @Test
  void shouldNameTheNextRecordWhenAnyIsMissing() {
    List<ChainRecord> records = records(60);
    for (int gone = 0; gone < 58; gone++) { // of the last of each chain nobody knows
      // Given
      List<ChainRecord> left = new ArrayList<>(records);
      left.remove(gone);

      // When
      ChainCheck.Result found = check(WHOLE, left);

      // Then
      assertThat(found.broken()).as("without %d", gone).isEqualTo(1);
      ChainCheck.Break broken = Objects.requireNonNull(found.first());
      assertThat(broken.at()).isEqualTo(records.get(gone + 2));
      assertThat(broken.reason()).contains("at place " + gone / 2 + " of its chain, is missing");
    }
  }

  @Test
  void shouldNameTheRecordWhenItsValueWasChanged() {
    List<ChainRecord> records = records(60);
    for (int changed = 0; changed < 60; changed++) {
      // Given
      List<ChainRecord> now = new ArrayList<>(records);
      now.set(changed, with(records.get(changed), link(records.get(changed)), false));

      // When
      ChainCheck.Result found = check(WHOLE, now);

      // Then
      assertThat(found.broken()).isEqualTo(1);
      assertThat(Objects.requireNonNull(found.first()).at().offset())
          .isEqualTo(records.get(changed).offset());
    }
  }

  @Test
  void shouldNameTheNextRecordWhenOneWasChangedTogetherWithItsHash() {
    // Given
    List<ChainRecord> records = new ArrayList<>(records(60));
    ChainLink old = link(records.get(20));
    ChainLink forged =
        new ChainLink(
            old.chain(), old.sequence(), old.previous(), old.writer(), hash("0@1", 10, "b"));
    records.set(20, with(records.get(20), forged, true));

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    ChainCheck.Break broken = Objects.requireNonNull(found.first());
    assertThat(broken.at()).isEqualTo(records.get(22));
    assertThat(broken.reason()).contains(records.get(20).place());
  }

  @Test
  void shouldNameTheRecordWhenOneWithoutALinkComesAfterLinkedOnes() {
    // Given
    List<ChainRecord> records = new ArrayList<>();
    ChainRecord old = new ChainRecord("i", 0, 0, 1, null, false);
    records.add(old);
    records.addAll(records(40));
    ChainRecord alien = new ChainRecord("i", 0, 99, 5000, null, false);

    // When
    ChainCheck.Result before = check(WHOLE, records);
    records.add(alien);
    ChainCheck.Result after = check(WHOLE, records);

    // Then
    assertThat(before.first()).isNull();
    assertThat(before.unlinked()).isEqualTo(1);
    assertThat(Objects.requireNonNull(after.first()).at()).isEqualTo(alien);
  }

  @Test
  void shouldBeWholeWhenTheLastRecordsAreWrittenAgainAfterACrash() {
    // Given: chain 0 goes on from place 9 a second time, first with another record
    List<ChainRecord> records = new ArrayList<>(records(40));
    ChainRecord last = records.get(38);
    List<ChainRecord> again = new ArrayList<>();
    String previous = hash("0@1", 9, "");
    for (int place = 10; place < 15; place++) {
      String hash = hash("0@1", place, "again");
      ChainLink link = new ChainLink("0@1", place, previous, "1 abc", hash);
      again.add(new ChainRecord("i", 0, 100 + place, 2000 + place, link, true));
      previous = hash;
    }
    records.addAll(again);
    records.add(with(last, link(last), true)); // and one as it was

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.first()).isNull();
    assertThat(found.repeated()).isEqualTo(6);
    assertThat(found.differing()).isEqualTo(5);
  }

  @Test
  void shouldAllowGapsOnlyUpToTheTimeThatRetentionReached() {
    // Given: partition 0 has lost all before time 1100, others nothing
    List<ChainRecord> all = records(400);
    List<ChainRecord> left =
        all.stream().filter(r -> r.partition() != 0 || r.timeMillis() >= 1100).toList();
    Map<Integer, Boolean> cut = Map.of(0, true, 1, false, 2, false);

    // When
    ChainCheck.Result whole = check(cut, left);
    ChainCheck.Result uncut = check(WHOLE, left);
    List<ChainRecord> later = new ArrayList<>(left);
    ChainRecord gone = later.remove(later.size() - 50);
    ChainCheck.Result broken = check(cut, later);

    // Then
    assertThat(whole.first()).isNull();
    assertThat(whole.cuts()).isPositive();
    assertThat(uncut.first()).isNotNull();
    assertThat(Objects.requireNonNull(broken.first()).at().timeMillis())
        .isEqualTo(gone.timeMillis() + 2);
  }

  @Test
  void shouldNotTakeASecondBeginningWhenAChainBeginsTwiceWithOtherLinks() {
    // Given
    List<ChainRecord> records = new ArrayList<>(records(40));
    ChainLink odd = new ChainLink("0@1", 0, hash("9@9", 1, ""), "1 abc", hash("0@1", 0, "x"));
    records.add(new ChainRecord("i", 0, 77, 3000, odd, true));

    // Then
    assertThat(check(WHOLE, records).broken()).isEqualTo(1);
  }

  /** A record of one chain on one partition; what it says differs by variant. */
  private static ChainRecord one(long place, String variant, String previous, long offset) {
    ChainLink link =
        new ChainLink(
            "0@1",
            place,
            place == 0 ? ChainLink.NONE : hash("0@1", place - 1, previous),
            "1 abc",
            hash("0@1", place, variant));
    return new ChainRecord("i", 0, offset, 1000 + offset, link, true);
  }

  private static List<ChainRecord> chain(int from, int to) {
    List<ChainRecord> records = new ArrayList<>();
    for (int place = from; place < to; place++) {
      records.add(one(place, "", "", place));
    }
    return records;
  }

  @Test
  void shouldSayThatAChainBeginsTwiceWhenItsBeginningIsLongPast() {
    // Given: nobody knows the first records any more; a service begins a new chain, never an old
    List<ChainRecord> records = chain(0, 10_050);
    ChainRecord second = one(0, "forged", "", 20_000);
    records.add(second);

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.broken()).isEqualTo(1);
    assertThat(found.first()).isEqualTo(new ChainCheck.Break(second, "it begins its chain twice"));
  }

  @Test
  void shouldSayWhatIsWrongWhenTheFirstOfAChainNamesOneBeforeIt() {
    // Given
    ChainLink odd = new ChainLink("0@1", 0, hash("9@9", 1, ""), "1 abc", hash("0@1", 0, "x"));

    // When
    ChainCheck.Result found = check(WHOLE, List.of(new ChainRecord("i", 0, 7, 3000, odd, true)));

    // Then
    assertThat(Objects.requireNonNull(found.first()).reason())
        .isEqualTo("it is the first of its chain, but names one before it");
  }

  @Test
  void shouldBreakWhenARecordFromBeforeTheCutIsAddedLater() {
    // Given: retention has deleted before place 20; more than 10,000 follow, so 20 is forgotten
    Map<Integer, Boolean> cut = Map.of(0, true);
    List<ChainRecord> left = chain(20, 10_100);
    List<ChainRecord> added = new ArrayList<>(left);
    ChainRecord forged = one(10, "forged", "gone", 20_000);
    added.add(forged);

    // Then
    assertThat(check(cut, left).broken()).isZero();
    assertThat(check(cut, left).cuts()).isEqualTo(1);
    ChainCheck.Result found = check(cut, added);
    assertThat(found.broken()).isEqualTo(1);
    assertThat(Objects.requireNonNull(found.first()).at()).isEqualTo(forged);
  }

  @Test
  void shouldPassAndListAChainOfItsOwn() {
    // Given: nothing tells it from a chain that another task began; people must know their chains
    List<ChainRecord> records = new ArrayList<>(records(40));
    ChainLink alien = new ChainLink("7@7", 0, ChainLink.NONE, "1 abc", hash("7@7", 0, ""));
    records.add(new ChainRecord("i", 0, 77, 3000, alien, true));

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.first()).isNull();
    assertThat(found.heads()).extracting(ChainCheck.Head::chain).contains("7@7");
  }

  @Test
  void shouldBreakWhenThereAreTooManyChains() {
    // Given
    List<ChainRecord> records = new ArrayList<>();
    for (int i = 0; i < 1_003; i++) {
      String name = "0@" + i;
      ChainLink link = new ChainLink(name, 0, ChainLink.NONE, "1 abc", hash(name, 0, ""));
      records.add(new ChainRecord("i", 0, i, 1000 + i, link, true));
    }

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.heads()).hasSize(1_000);
    assertThat(found.broken()).isEqualTo(3);
    assertThat(found.first())
        .isEqualTo(new ChainCheck.Break(records.get(1_000), "there are more than 1000 chains"));
  }

  @Test
  void shouldLetNothingFollowWhenAPlaceHoldsTooManyRecords() {
    // Given: 150 records at place 1, each different
    List<ChainRecord> records = new ArrayList<>(chain(0, 1));
    for (int i = 0; i < 150; i++) {
      records.add(one(1, "v" + i, "", 10 + i));
    }

    // When
    List<ChainRecord> early = new ArrayList<>(records);
    early.add(one(2, "", "v99", 500));
    List<ChainRecord> late = new ArrayList<>(records);
    late.add(one(2, "", "v100", 500));

    // Then
    assertThat(check(WHOLE, early).first()).isNull();
    assertThat(check(WHOLE, early).differing()).isEqualTo(149);
    ChainCheck.Result found = check(WHOLE, late);
    assertThat(Objects.requireNonNull(found.first()).reason()).contains("does not follow");
  }

  @Test
  void shouldNameTheEarliestWhenALaterBreakIsFoundBeforeIt() {
    // Given: a changed value shows at once, a missing record at the end
    List<ChainRecord> records = new ArrayList<>(records(60));
    records.set(50, with(records.get(50), link(records.get(50)), false));
    ChainRecord next = records.get(12);
    records.remove(10);

    // When
    ChainCheck.Result found = check(WHOLE, records);

    // Then
    assertThat(found.broken()).isEqualTo(2);
    assertThat(Objects.requireNonNull(found.first()).at()).isEqualTo(next);
  }

  @Test
  void shouldShowTheHashOfTheRecordThatItShowsWhenTheLastPlaceHoldsSeveral() {
    for (String variant : List.of("a", "b", "c", "d")) {
      // Given
      List<ChainRecord> records = new ArrayList<>(chain(0, 5));
      ChainRecord again = one(4, variant, "", 40);
      records.add(again);

      // When
      ChainCheck.Head head = check(WHOLE, records).heads().get(0);

      // Then
      assertThat(head.to()).isEqualTo(4);
      assertThat(head.at()).isEqualTo(again.place());
      assertThat(head.hash()).isEqualTo(link(again).hash());
    }
  }
}

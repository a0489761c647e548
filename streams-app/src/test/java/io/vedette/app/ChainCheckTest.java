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
}

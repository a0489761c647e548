package io.vedette.detect.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.detect.CellSighting;
import io.vedette.detect.CleanModel;
import io.vedette.detect.Wagers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellMembersTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "'5', 5",
    "'5 5', 5",
    "'5 9', 0",
    "'9 5', 0",
    "'5 9 9', 9",
    "'9 5 9', 9",
    "'5 9 7', 0",
    "'5 9 7 7', 7",
    "'5 5 9 9 7', 0",
    "'5 9 9 5', 0",
    "'5 9 5 9 7 9', 9",
    "'-5 -5 9', -5"
  })
  void shouldNameTheMostFrequentLabelWhenItIsAlone(String labels, int expected) {
    // Given
    CellMembers members = members();

    // When
    Arrays.stream(labels.split(" "))
        .filter(label -> !label.isEmpty())
        .forEach(label -> members.add(sighting(Integer.parseInt(label), members.members)));

    // Then
    assertThat(members.majority()).isEqualTo(expected);
  }

  @Test
  void shouldForgetTheOldestWhenTheRingIsFull() {
    // Given sixteen of one label
    CellMembers members = members();
    for (int i = 0; i < CellMembers.RING; i++) {
      members.add(sighting(1, i));
    }
    int[] majorities = new int[CellMembers.RING];

    // When
    for (int i = 0; i < majorities.length; i++) {
      members.add(sighting(2, CellMembers.RING + i));
      majorities[i] = members.majority();
    }

    // Then the eighth makes a tie
    assertThat(Arrays.copyOf(majorities, 7)).containsOnly(1);
    assertThat(majorities[7]).isZero();
    assertThat(Arrays.copyOfRange(majorities, 8, 16)).containsOnly(2);
  }

  @Test
  void shouldNameWhatCountingNamesWhenLabelsAreRandom() {
    // Given
    SplittableRandom random = new SplittableRandom(3);

    for (int run = 0; run < 500; run++) {
      // When
      CellMembers members = members();
      int[] labels = random.ints(1 + random.nextInt(40), 1, 4).toArray();
      for (int i = 0; i < labels.length; i++) {
        members.add(sighting(labels[i], i));
      }

      // Then
      int from = Math.max(0, labels.length - CellMembers.RING);
      assertThat(members.majority())
          .as(Arrays.toString(labels))
          .isEqualTo(counted(Arrays.copyOfRange(labels, from, labels.length)));
    }
  }

  private static int counted(int[] labels) {
    var counts =
        Arrays.stream(labels).boxed().collect(Collectors.groupingBy(l -> l, Collectors.counting()));
    long most = counts.values().stream().mapToLong(c -> c).max().orElseThrow();
    var winners =
        counts.entrySet().stream().filter(e -> e.getValue() == most).map(e -> e.getKey()).toList();
    return winners.size() == 1 ? winners.get(0) : 0;
  }

  private static CellMembers members() {
    return new CellMembers(new Wagers(3, 4));
  }

  private static CellSighting sighting(int label, int n) {
    return new CellSighting(
        7,
        new CallerId("acme", "a-" + n),
        CleanModel.MODEL,
        n,
        n,
        label,
        0.9f,
        new short[CellMembers.SKETCH],
        new Sample("r-" + n, new Origin("requests", 0, n)));
  }
}

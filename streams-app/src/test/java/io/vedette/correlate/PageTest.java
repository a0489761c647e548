package io.vedette.correlate;

import static io.vedette.correlate.Findings.DAY;
import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  /** Writes as format 1 did. */
  private static byte[] firstFormat(long day, boolean open) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(day);
    out.writeByte(1);
    out.writeUTF("extraction");
    out.writeDouble(6);
    out.writeByte(0);
    out.writeUTF(open ? "inc-0123456789abcdef" : "");
    if (!open) {
      return bytes.toByteArray();
    }
    out.writeBoolean(false);
    out.writeInt(3);
    for (long time : List.of(1 * MINUTE, 0L, 5 * MINUTE, 5 * MINUTE)) {
      out.writeLong(time);
    }
    out.writeDouble(5.7);
    out.writeLong(17);
    out.writeUTF("HIGH");
    out.writeUTF("acme");
    out.writeUTF("loan");
    out.writeUTF("one sentence");
    out.writeByte(1);
    out.writeUTF("eve");
    out.writeByte(1);
    out.writeUTF("extraction");
    out.writeByte(1);
    out.writeUTF("AML.T0024.002");
    out.writeUTF("Extract AI Model");
    out.writeByte(1);
    out.writeUTF("a");
    out.writeDouble(0.5);
    out.writeUTF("1");
    out.writeDouble(0.1);
    out.writeByte(1);
    out.writeUTF("r-1");
    out.writeUTF("requests");
    out.writeInt(3);
    out.writeLong(42);
    return bytes.toByteArray();
  }

  private static Page page(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Page page = Page.read(in);
    assertThat(in.available()).isZero();
    return page;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000, -3, Long.MIN_VALUE})
  void shouldReadAClosedCaseWhenItIsOfTheFirstFormat(long day) throws IOException {
    // When
    Page page = page(firstFormat(day, false));

    // Then
    assertThat(page.subject().incidentId).isEmpty();
    assertThat(page.subject().ledger.caller(1)).isEqualTo(6);
  }

  @Test
  void shouldGoOnWithTheIncidentWhenItIsOfTheFirstFormat() throws IOException {
    // Given
    IncidentBook book = new IncidentBook(Alerting.defaults(), 2);
    List<Incident> out = new ArrayList<>();
    Page page = page(firstFormat(0, true));
    Cases<Page> cases = key -> key.startsWith("caller|") ? page : new Page();

    // When
    long due = book.nextDueMicros(page);
    book.observe(Findings.caller("extraction", "eve", 6 * MINUTE, 12), cases, out::add);
    book.tick("caller|acme|eve|loan", cases, DAY, out::add);

    // Then
    assertThat(due).isEqualTo(65 * MINUTE);
    assertThat(out).extracting(Incident::activity).containsExactly(Activity.UPDATE, Activity.CLOSE);
    assertThat(out).extracting(Incident::sequence).containsExactly(4, 5);
    assertThat(out).extracting(Incident::incidentId).containsOnly("inc-0123456789abcdef");
    assertThat(out.get(0).openedAtMicros()).isEqualTo(MINUTE);
    assertThat(out.get(0).principals()).containsExactly("eve");
  }

  @Test
  void shouldReadPagesOfTheSecondFormat() throws Exception {
    // Given states as a service wrote them: one byte and a time, then the page
    Path file = Path.of("src/test/resources/io/vedette/correlate/pages-format-2.txt");
    int incidents = 0;
    for (String line : Files.readAllLines(file)) {
      byte[] written = Base64.getDecoder().decode(line.substring(line.lastIndexOf('\t') + 1));
      byte[] old = Arrays.copyOfRange(written, 1 + Long.BYTES, written.length);
      assertThat(old[0]).isEqualTo((byte) 2);

      // When
      Page page = page(old);

      // Then
      Case subject = page.subjectOrNull();
      incidents += subject != null && !subject.incidentId.isEmpty() ? 1 : 0;
      Page again = Findings.reread(page);
      assertThat(again.bytes()).isEqualTo(page.bytes());
    }
    assertThat(incidents).isPositive();
  }

  @Test
  void shouldRefuseWhenBytesAreOfNoPage() {
    for (String hex : List.of("", "02", "0207", "0201", "ff")) {
      assertThatThrownBy(() -> page(HexFormat.of().parseHex(hex)))
          .as(hex)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldBeEmptyWhenNothingWasWritten() {
    // When
    Page page = Findings.reread(new Page());

    // Then
    assertThat(page.subjectOrNull()).isNull();
  }

  @Test
  void shouldKeepTheNumberOfACampaignWhenThereWereVeryMany() throws IOException {
    // Given
    Page page = new Page();
    page.subject().campaign = 70_000;

    // When
    Page read = Findings.reread(page);

    // Then
    assertThat(read.subject().campaign).isEqualTo(70_000);
  }
}

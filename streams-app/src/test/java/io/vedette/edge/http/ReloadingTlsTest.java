package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadingTlsTest {

  @TempDir private Path directory;

  @Test
  void shouldServeTheNewCertificateWhenFilesWereRenewed() throws Exception {
    // Given
    AtomicLong nanos = new AtomicLong();
    TestPem first = new TestPem(directory, "EC");
    touch(first.files, 1000);
    ReloadingTls tls = new ReloadingTls(first.files, nanos::get);
    String before = tls.chooseServerAlias("EC", null, null);
    TestPem second = new TestPem(directory, "EC");
    touch(second.files, 2000);

    // When
    String soon = tls.chooseServerAlias("EC", null, null);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    String later = tls.chooseServerAlias("EC", null, null);

    // Then: a handshake that began with the old one ends with it
    assertThat(soon).isEqualTo(before);
    assertThat(tls.getCertificateChain(before)).containsExactly(first.x509());
    assertThat(tls.getCertificateChain(later)).containsExactly(second.x509());
    assertThat(tls.chooseServerAlias("RSA", null, null)).isNull();
  }

  @Test
  void shouldKeepTheOldOneWhenTheNewFilesDoNotFit() throws Exception {
    // Given
    AtomicLong nanos = new AtomicLong();
    TestPem first = new TestPem(directory, "EC");
    touch(first.files, 1000);
    ReloadingTls tls = new ReloadingTls(first.files, nanos::get);
    Files.writeString(first.files.key(), "half a ke");
    touch(first.files, 2000);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());

    // When
    String alias = tls.chooseServerAlias("EC", null, null);

    // Then
    assertThat(tls.getCertificateChain(alias)).containsExactly(first.x509());
    assertThat(tls.getPrivateKey(alias)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void shouldReadTheKeyWhenItIsOfAnUsualKind(String algorithm) throws Exception {
    // Given
    TestPem pem = new TestPem(directory, algorithm);

    // When
    PemKeys keys = PemKeys.read(pem.files);

    // Then
    assertThat(keys.chain()).containsExactly(pem.x509());
  }

  @Test
  void shouldSayWhatIsWrongWhenFilesCannotBeUsed() throws Exception {
    // Given
    TestPem pem = new TestPem(directory, "EC");
    Path other = Files.createDirectory(directory.resolve("other"));
    Path foreign = new TestPem(other, "EC").files.key();
    Path certificate = pem.files.certificates();
    Path old = Files.writeString(directory.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\n");
    Path empty = Files.writeString(directory.resolve("empty.crt"), "");

    // When, then
    assertThatThrownBy(() -> PemKeys.read(new HttpConfig.Tls(certificate, foreign)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the key of the certificate");
    assertThatThrownBy(() -> PemKeys.read(new HttpConfig.Tls(certificate, old)))
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(() -> PemKeys.read(new HttpConfig.Tls(empty, foreign)))
        .hasMessageContaining("http.tls.certificateFile");
  }

  private static void touch(HttpConfig.Tls files, long millis) throws IOException {
    Files.setLastModifiedTime(files.certificates(), FileTime.fromMillis(millis));
    Files.setLastModifiedTime(files.key(), FileTime.fromMillis(millis));
  }
}

package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

  private static final long K0 = 0x0706050403020100L;
  private static final long K1 = 0x0f0e0d0c0b0a0908L;

  @Test
  void shouldGiveTheVectorsOfThePaperWhenMessagesAreWholeWords() {
    // Given: the reference implementation's vectors of 0 and 8 bytes
    SipHash hash = new SipHash(K0, K1);

    // When
    long empty = hash.finish();
    hash.start();
    hash.add(K0);
    long eight = hash.finish();

    // Then
    assertThat(empty).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(eight).isEqualTo(0x93f5f5799a932462L);
  }

  @Test
  void shouldDifferWhenSecretOrPurposeDiffer() {
    // Given
    long first = SipHash.of("secret", "a").finish();

    // When
    long other = SipHash.of("secrets", "a").finish();
    long purpose = SipHash.of("secret", "b").finish();

    // Then
    assertThat(first).isNotEqualTo(other).isNotEqualTo(purpose);
    assertThat(SipHash.of("secret", "a").finish()).isEqualTo(first);
  }
}

package io.vedette;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.vedette.core.Impurities;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the pure rooms catch what they are there for. */
class PurityTest {

  private static final ClassFileImporter IMPORTER = new ClassFileImporter();

  static Stream<Class<?>> clocks() {
    return Impurities.clocks().stream();
  }

  static Stream<Class<?>> chances() {
    return Impurities.chances().stream();
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void shouldForbidWhenPureCodeAsksAClock(Class<?> impure) {
    assertThat(isBroken(ArchitectureTest.pureCodeKnowsNoClock, impure)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("chances")
  void shouldForbidWhenPureCodeLeavesThingsToChance(Class<?> impure) {
    assertThat(isBroken(ArchitectureTest.pureCodeKnowsNoChanceThreadOrLogger, impure)).isTrue();
  }

  @Test
  void shouldAllowWhenPureCodeReadsATimeThatItIsGiven() {
    Class<?> pure = Impurities.Given.class;

    assertThat(isBroken(ArchitectureTest.pureCodeKnowsNoClock, pure)).isFalse();
    assertThat(isBroken(ArchitectureTest.pureCodeKnowsNoChanceThreadOrLogger, pure)).isFalse();
  }

  private static boolean isBroken(ArchRule rule, Class<?> type) {
    return rule.evaluate(IMPORTER.importClasses(type)).hasViolation();
  }
}

package io.vedette;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The arrows between the rooms and the laws of the pure ones. */
@AnalyzeClasses(packages = "io.vedette", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Each package is a slice of its own; the composition root and its bench are one. */
  private static final SliceAssignment ROOMS =
      new SliceAssignment() {
        @Override
        public String getDescription() {
          return "packages";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String name = type.getPackageName();
          if (!name.startsWith("io.vedette.")) {
            return SliceIdentifier.ignore();
          }
          return SliceIdentifier.of(name.startsWith("io.vedette.app") ? "io.vedette.app" : name);
        }
      };

  private static final String[] PURE = {
    "io.vedette.core..",
    "io.vedette.stats..",
    "io.vedette.baseline..",
    "io.vedette.detect..",
    "io.vedette.correlate.."
  };

  /** The parts of the JDK that pure code may use: plain {@code java..} would let SQL in. */
  private static final String[] JDK = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.util",
    "java.util.function",
    "java.util.stream",
    "java.io",
    "java.time",
    "java.nio",
    "java.nio.charset",
    "java.math",
    "java.security"
  };

  @ArchTest static final ArchRule coreKnowsOnlyTheJdk = room("core", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule statsKnowsOnlyNumbers =
      room("stats", "org.jspecify.annotations", "org.apache.commons.math3..", "it.unimi.dsi..");

  @ArchTest
  static final ArchRule baselineKnowsCoreAndStats =
      room(
          "baseline",
          "org.jspecify.annotations",
          "it.unimi.dsi..",
          "io.vedette.core",
          "io.vedette.stats");

  @ArchTest
  static final ArchRule detectKnowsCoreStatsAndBaseline =
      room(
          "detect",
          "org.jspecify.annotations",
          "it.unimi.dsi..",
          "io.vedette.core",
          "io.vedette.stats",
          "io.vedette.baseline");

  @ArchTest
  static final ArchRule correlateKnowsCoreAndStats =
      room("correlate", "org.jspecify.annotations", "io.vedette.core", "io.vedette.stats");

  @ArchTest
  static final ArchRule stateKnowsCoreAndKafka =
      reaches("state", "io.vedette.core")
          .andShould(
              seeOnlyLibraries(
                  "org.apache.kafka..",
                  "com.github.benmanes.caffeine..",
                  "it.unimi.dsi..",
                  "org.slf4j"));

  @ArchTest
  static final ArchRule wireKnowsCoreAndSchemas =
      reaches("wire", "io.vedette.core", "io.vedette.schemas..", "io.vedette.*.v1");

  @ArchTest
  static final ArchRule streamKnowsTheRoomsToItsLeft =
      reaches(
          "stream",
          "io.vedette.state",
          "io.vedette.wire",
          "io.vedette.correlate",
          "io.vedette.detect",
          "io.vedette.baseline",
          "io.vedette.core");

  @ArchTest static final ArchRule labKnowsCore = reaches("lab", "io.vedette.core");

  @ArchTest
  static final ArchRule noEdgeKnowsAnotherEdgeOrMoreThanCore =
      slices()
          .matching("io.vedette.edge.(*)..")
          .should()
          .notDependOnEachOther()
          .as("edges do not see each other");

  @ArchTest
  static final ArchRule edgesKnowOnlyCore =
      noClasses()
          .that()
          .resideInAPackage("io.vedette.edge..")
          .should()
          .dependOnClassesThat(
              vedette().and(not(resideInAnyPackage("io.vedette.core", "io.vedette.edge.."))));

  @ArchTest
  static final ArchRule onlyTheEmbeddedEdgeKnowsKafkaAndAvro =
      noClasses()
          .that()
          .resideInAPackage("io.vedette.edge..")
          .and()
          .resideOutsideOfPackage("io.vedette.edge.embedded")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "kafka..", "org.apache.avro..");

  @ArchTest
  static final ArchRule onlyTheseKnowKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.vedette.stream",
              "io.vedette.state",
              "io.vedette.wire",
              "io.vedette.edge.embedded",
              "io.vedette.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "kafka..");

  @ArchTest
  static final ArchRule nobodySeesTheApp =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vedette.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vedette.app..");

  @ArchTest
  static final ArchRule detectorsNeverSeeEachOther =
      slices().matching("io.vedette.detect.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theEnginesKnowNoDetector =
      noClasses()
          .that()
          .resideInAPackage("io.vedette.detect")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vedette.detect.(*)..");

  @ArchTest
  static final ArchRule noCyclesBetweenRooms =
      slices().assignedFrom(ROOMS).should().beFreeOfCycles();

  /** Whatever of {@code java.time} has a {@code now} asks the clock. */
  @ArchTest
  static final ArchRule pureCodeKnowsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethodWhere(
              JavaCall.Predicates.target(name("now"))
                  .and(JavaCall.Predicates.target(owner(resideInAPackage("java.time..")))))
          .orShould()
          .callConstructor(Date.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  /** Generators with a seed are no chance; those without are. */
  @ArchTest
  static final ArchRule pureCodeKnowsNoChanceThreadOrLogger =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class)
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("java.util.random")
                  .or(assignableTo(SecureRandom.class))
                  .or(type(ThreadLocalRandom.class))
                  .or(type(Thread.class))
                  .or(type(ThreadLocal.class))
                  .or(type(System.Logger.class)));

  @ArchTest
  static final ArchRule noMutableStatics =
      fields().that().areStatic().and(notSynthetic()).should().beFinal();

  @ArchTest
  static final ArchRule noStandardStreams =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule noJavaUtilLogging =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  private static DescribedPredicate<JavaField> notSynthetic() {
    return DescribedPredicate.describe(
        "are not synthetic", f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static DescribedPredicate<JavaClass> vedette() {
    return resideInAPackage("io.vedette..");
  }

  /** A pure room: itself, the named JDK packages and what is listed, nothing else. */
  private static ArchRule room(String name, String... allowed) {
    String[] all =
        Stream.of(Stream.of("io.vedette." + name + ".."), Stream.of(JDK), Stream.of(allowed))
            .flatMap(s -> s)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("io.vedette." + name + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(all).or(primitiveArrays()));
  }

  private static DescribedPredicate<JavaClass> primitiveArrays() {
    return DescribedPredicate.describe(
        "are arrays of primitives", c -> c.getBaseComponentType().isPrimitive());
  }

  /** A room with libraries: of ours it sees itself and what is listed. */
  private static ClassesShouldConjunction reaches(String name, String... allowed) {
    String[] all =
        Stream.concat(Stream.of("io.vedette." + name + ".."), Stream.of(allowed))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("io.vedette." + name + "..")
        .should()
        .onlyDependOnClassesThat(not(vedette()).or(resideInAnyPackage(all)));
  }

  private static ArchCondition<JavaClass> seeOnlyLibraries(String... libraries) {
    String[] all =
        Stream.of(
                Stream.of("java..", "io.vedette..", "org.jspecify.annotations"),
                List.of(libraries).stream())
            .flatMap(s -> s)
            .toArray(String[]::new);
    return ArchConditions.onlyDependOnClassesThat(resideInAnyPackage(all).or(primitiveArrays()));
  }
}

package io.vedette.core;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** What no class of this package may do. */
public final class Impurities {

  private Impurities() {}

  /** Classes that ask a clock. */
  public static List<Class<?>> clocks() {
    return List.of(Millis.class, Now.class, Today.class, Offset.class, Dated.class);
  }

  /** Classes that leave something to chance. */
  public static List<Class<?>> chances() {
    return List.of(
        MathRandom.class,
        Uuid.class,
        Secure.class,
        Generator.class,
        Plain.class,
        Splittable.class,
        Local.class);
  }

  /** Reads a time that it is given. */
  public static final class Given {
    long seconds(Instant time) {
      return new SplittableRandom(7).nextLong()
          + LocalDate.ofInstant(time, ZoneOffset.UTC).toEpochDay()
          + time.getEpochSecond();
    }
  }

  private static final class Millis {
    long get() {
      return System.currentTimeMillis();
    }
  }

  private static final class Now {
    Instant get() {
      return Instant.now();
    }
  }

  private static final class Today {
    LocalDate get() {
      return LocalDate.now(ZoneOffset.UTC);
    }
  }

  private static final class Offset {
    OffsetDateTime get() {
      return OffsetDateTime.now(ZoneOffset.UTC);
    }
  }

  private static final class Dated {
    Date get() {
      return new Date();
    }
  }

  private static final class MathRandom {
    double get() {
      return Math.random();
    }
  }

  private static final class Uuid {
    UUID get() {
      return UUID.randomUUID();
    }
  }

  private static final class Secure {
    int get() {
      return new SecureRandom().nextInt();
    }
  }

  private static final class Generator {
    int get() {
      return RandomGenerator.getDefault().nextInt();
    }
  }

  private static final class Plain {
    int get() {
      return new Random().nextInt();
    }
  }

  private static final class Splittable {
    int get() {
      return new SplittableRandom().nextInt();
    }
  }

  private static final class Local {
    int get() {
      return ThreadLocalRandom.current().nextInt();
    }
  }
}

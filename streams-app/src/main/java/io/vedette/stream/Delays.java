package io.vedette.stream;

/** Takes how long detection took. */
public interface Delays {

  /** Nobody takes it. */
  Delays NONE =
      new Delays() {
        @Override
        public void finding(long wallMicros) {}

        @Override
        public void incident(long streamMicros, long wallMicros) {}
      };

  /**
   * A finding was published.
   *
   * @param wallMicros wall clock minus time of the exchange behind it, at least 0
   */
  void finding(long wallMicros);

  /**
   * An incident opened.
   *
   * @param streamMicros event time from the first exchange that counts towards it to the one that
   *     opened it, at least 0
   * @param wallMicros wall clock minus time of the exchange that opened it, at least 0
   */
  void incident(long streamMicros, long wallMicros);
}

package io.vedette.detect;

/**
 * What a caller's own last rows make of a row.
 *
 * @param first whether there are none, so that there is no step to it
 * @param off whether it lies off the clean traffic
 * @param novel whether it does, after a wide step to a new place
 * @param scattered whether such a step goes along directions in which clean rows hardly differ
 */
record OwnStep(boolean first, boolean off, boolean novel, boolean scattered) {

  /** Of a row that nothing is to be concluded from. */
  static final OwnStep NOTHING = new OwnStep(false, false, false, false);

  /** Of a row that is to be measured where it comes. */
  static final OwnStep UNKNOWN = new OwnStep(true, false, false, false);

  /** Whether the row has a part in sampling. */
  boolean odd() {
    return scattered || (first ? off : novel);
  }

  int flags() {
    return (first ? 1 : 0) | (off ? 2 : 0) | (novel ? 4 : 0) | (scattered ? 8 : 0);
  }

  static OwnStep of(int flags) {
    return new OwnStep((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0);
  }
}

package io.vedette.lab;

/** A place where a model serves honest callers and attackers. */
public interface Venue {

  /** Its name, which seeds and reports use. */
  String name();

  /** Whether its rows are pictures. */
  boolean image();

  /** Population and a freshly trained model, the same every time. */
  Site build();
}

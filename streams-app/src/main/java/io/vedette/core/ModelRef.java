package io.vedette.core;

import org.jspecify.annotations.Nullable;

/**
 * The model that was called.
 *
 * @param name served model name
 * @param version version or tag, empty when the source names none
 * @param digest {@code sha256:<hex>} of the artefact, null when unknown
 */
public record ModelRef(String name, String version, @Nullable String digest) {

  /** The key of baselines, {@code name|version}. */
  public String versionKey() {
    return name + '|' + version;
  }
}

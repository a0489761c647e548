package io.vedette.baseline;

import io.vedette.core.ModelRef;
import org.jspecify.annotations.Nullable;

/** The baselines in force, by model and version. */
@FunctionalInterface
public interface Baselines {

  /** The baseline in force for a model version, null while none was learnt. */
  @Nullable Baseline find(ModelRef model);
}

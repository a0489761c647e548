package io.vedette.edge.http;

import org.jspecify.annotations.Nullable;

/** Answers requests by their path. */
interface Routes {

  /** The answer to a GET, null when the path is not one of these routes. */
  @Nullable Response get(Call call);

  /** The answer to a POST, null when the path takes none. */
  default @Nullable Response post(Call call) {
    return null;
  }

  /** True for paths that take a POST. */
  default boolean posts(String path) {
    return false;
  }

  /** True for paths that need no login. */
  default boolean open(String path) {
    return false;
  }

  /** True for paths of probes, which are let in at any rate. */
  default boolean probes(String path) {
    return false;
  }

  /** These routes, then others. */
  default Routes or(Routes others) {
    Routes first = this;
    return new Routes() {
      @Override
      public @Nullable Response get(Call call) {
        Response response = first.get(call);
        return response == null ? others.get(call) : response;
      }

      @Override
      public @Nullable Response post(Call call) {
        Response response = first.post(call);
        return response == null ? others.post(call) : response;
      }

      @Override
      public boolean posts(String path) {
        return first.posts(path) || others.posts(path);
      }

      @Override
      public boolean open(String path) {
        return first.open(path) || others.open(path);
      }

      @Override
      public boolean probes(String path) {
        return first.probes(path) || others.probes(path);
      }
    };
  }
}

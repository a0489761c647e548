package io.vedette.edge.http;

import org.jspecify.annotations.Nullable;

/** Answers requests by their path. */
interface Routes {

  /**
   * The answer to a GET, null when the path is not one of these routes.
   *
   * @param path raw path, starts with a slash
   * @param query raw query, empty when there is none
   */
  @Nullable Response get(String path, String query);

  /** These routes, then others. */
  default Routes or(Routes others) {
    return (path, query) -> {
      Response response = get(path, query);
      return response == null ? others.get(path, query) : response;
    };
  }
}

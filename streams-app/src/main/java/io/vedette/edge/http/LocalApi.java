package io.vedette.edge.http;

import io.vedette.edge.http.login.User;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The API without a port: for a terminal that reads the topics itself. */
public final class LocalApi {

  private final ApiRoutes routes;
  private final User user;

  /** An API that answers one user. */
  public LocalApi(HttpSources sources, User user) {
    this.routes = new ApiRoutes(sources, Clock.systemUTC());
    this.user = user;
  }

  /** The answer to a GET. */
  public Response get(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return or404(routes.get(new Call(path, mark < 0 ? "" : target.substring(mark + 1), "", user)));
  }

  /** The answer to a POST. */
  public Response post(String path, String json) {
    return or404(routes.post(new Call(path, "", json, user)));
  }

  private static Response or404(@Nullable Response response) {
    return response == null ? Response.error(404, "no such page") : response;
  }
}

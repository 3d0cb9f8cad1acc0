package io.porpoise.api.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.ext.web.Router;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Puts endpoints on a router, and problems where there are none. */
public final class Routes {
  private Routes() {}

  /**
   * @param elsewhere what answers a GET for a path that none of the endpoints has
   */
  public static Router router(
      Vertx vertx, List<Endpoint> endpoints, Endpoint elsewhere, RequestHandler requests) {
    Router router = Router.router(vertx);
    router.route().handler(requests::prepare);
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      String path = endpoint.path().replace("{", ":").replace("}", "");
      router.route(endpoint.method(), path).handler(context -> requests.handle(context, endpoint));
      TreeSet<String> allowed = methods.computeIfAbsent(path, p -> new TreeSet<>());
      allowed.add(endpoint.method().name());
      if (endpoint.method().equals(HttpMethod.GET)) {
        router.route(HttpMethod.HEAD, path).handler(context -> requests.handle(context, endpoint));
        allowed.add("HEAD");
      }
    }
    methods.forEach(
        (path, allowed) ->
            router.route(path).handler(context -> requests.refuse(context, notAllowed(allowed))));
    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
      router
          .route(method, elsewhere.path())
          .handler(context -> requests.handle(context, elsewhere));
    }
    router.route().handler(context -> requests.refuse(context, noSuchPath()));
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 500}) {
      router.errorHandler(status, context -> requests.refuse(context, failure(context, status)));
    }
    return router;
  }

  private static Problem notAllowed(TreeSet<String> allowed) {
    String methods = String.join(", ", allowed);
    return Problem.of(405, "METHOD_NOT_ALLOWED", "Here one may use " + methods + ".")
        .withHeader("Allow", methods);
  }

  public static Problem noSuchPath() {
    return Problem.of(
        404,
        "NO_SUCH_PATH",
        "Nothing is served at this path; /openapi.json tells what is served where.");
  }

  private static Problem failure(RoutingContext context, int status) {
    Throwable cause = context.failure();
    if (cause != null && status == 500) {
      return Problems.of(cause, "router");
    }
    return Problem.of(status, "BAD_REQUEST", "The request is not well formed.");
  }
}

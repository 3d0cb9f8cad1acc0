package io.porpoise.conformance.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Principal;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Problems;
import io.porpoise.conformance.stack.Stack.Reply;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves endpoints of the API to callers in the same process: what HTTP would carry is handed over.
 */
final class RoutesWithoutHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Principal ADMIN = new Principal(1, "admin", true, new byte[0]);

  private final List<Endpoint> endpoints;

  RoutesWithoutHttp(List<Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  Single<Reply> call(String method, String path, Buffer body) {
    String[] parts = path.split("\\?", 2);
    for (Endpoint endpoint : endpoints) {
      Map<String, String> pathParams = match(endpoint.path(), parts[0]);
      if (pathParams != null && endpoint.method().name().equals(method)) {
        Map<String, List<String>> query = query(parts.length == 1 ? "" : parts[1]);
        Call call = new Call(context(pathParams, query), endpoint, ADMIN, body);
        return Single.defer(() -> endpoint.action().handle(call))
            .onErrorReturn(error -> Answer.problem(problem(error, path)))
            .flatMap(RoutesWithoutHttp::read);
      }
    }
    throw new IllegalArgumentException("nothing is served at " + method + " " + path);
  }

  /** A fault of the server is a fault of the case: it is not put into other words. */
  private static Problem problem(Throwable error, String path) {
    Problem problem = Problems.of(error, path);
    return problem.status() == 500
        ? Problem.of(500, "INTERNAL_ERROR", String.valueOf(error))
        : problem;
  }

  private static Map<String, String> match(String template, String path) {
    Matcher names = Pattern.compile("\\{([a-z]+)}").matcher(template);
    Matcher values =
        Pattern.compile(template.replaceAll("\\{[a-z]+}", "([^/]+)")).matcher("/api/v1/" + path);
    if (!values.matches()) {
      return null;
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 1; names.find(); i++) {
      found.put(names.group(1), values.group(i));
    }
    return found;
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      found.put(parts[0], List.of(parts[1]));
    }
    return found;
  }

  private static Single<Reply> read(Answer answer) {
    int[] status = {0};
    Buffer[] body = {null};
    HttpServerResponse response =
        standIn(
            HttpServerResponse.class,
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "setStatusCode" -> status[0] = (int) arguments[0];
                case "end" -> {
                  body[0] = arguments == null ? null : (Buffer) arguments[0];
                  return Future.succeededFuture();
                }
                default -> {
                  // Headers are of no interest here.
                }
              }
              return self;
            });
    return answer
        .write(io.vertx.rxjava3.core.http.HttpServerResponse.newInstance(response))
        .toSingle(() -> new Reply(status[0], body[0] == null ? null : json(body[0])));
  }

  private static io.vertx.rxjava3.ext.web.RoutingContext context(
      Map<String, String> path, Map<String, List<String>> query) {
    return io.vertx.rxjava3.ext.web.RoutingContext.newInstance(
        standIn(
            RoutingContext.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "pathParam" -> path.get((String) arguments[0]);
                  case "queryParam" -> query.getOrDefault((String) arguments[0], List.of());
                  case "request" ->
                      standIn(
                          io.vertx.core.http.HttpServerRequest.class,
                          (request, getter, names) -> null);
                  default -> throw new UnsupportedOperationException(method.toString());
                }));
  }

  private static <T> T standIn(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static JsonNode json(Buffer body) {
    try {
      return JSON.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

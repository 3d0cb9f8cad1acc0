package io.porpoise.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** One request, authorised, with its body read; values are taken out of it strictly. */
public final class Call {
  private final RoutingContext context;
  private final Endpoint endpoint;
  private final Principal principal;
  private final Buffer body;

  public Call(RoutingContext context, Endpoint endpoint, Principal principal, Buffer body) {
    this.context = context;
    this.endpoint = endpoint;
    this.principal = principal;
    this.body = body;
  }

  /** Who calls; null at an open endpoint. */
  public Principal user() {
    return principal;
  }

  public HttpServerRequest request() {
    return context.request();
  }

  /** A piece of the path, decoded. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** A number in the path that names a thing, such as an instance. */
  public long id(String name) {
    String text = path(name);
    // 19 digits may pass Long.MAX_VALUE; 18 do not, and no sequence gets there.
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.bad("BAD_ID", "The " + name + " in the path must be a number such as 812.");
    }
    return Long.parseLong(text);
  }

  /** The value of a query parameter, or null; given twice it is refused. */
  public String query(String name) {
    List<String> values = context.queryParam(name);
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw Problem.bad("BAD_QUERY", "The query parameter '" + name + "' is given more than once.");
    }
    return values.get(0);
  }

  /** A whole number from the query. */
  public long query(String name, long min, long max, long otherwise) {
    String text = query(name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw Problem.bad(
        "BAD_QUERY",
        "The query parameter '"
            + name
            + "' must be a whole number from "
            + min
            + " to "
            + max
            + ".");
  }

  public Buffer body() {
    return body;
  }

  /** The content type of the body, without parameters, lower case. */
  public String bodyType() {
    return Bodies.type(context.request());
  }

  /** The body as a JSON object that has only these fields. */
  public Fields fields(Set<String> names) {
    boolean isMissing = body.length() == 0 && endpoint.isBodyOptional();
    return Fields.parse(isMissing ? Buffer.buffer("{}") : body, names);
  }

  /** The {@code Idempotency-Key} header, or null. */
  public String idempotencyKey() {
    return context.request().getHeader("Idempotency-Key");
  }
}

package io.porpoise.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that says no, as {@code application/problem+json} (RFC 9457). It is thrown where the
 * fault is found and written where requests end. {@code code} is stable, for programs; {@code
 * detail} says what to do, for people.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One fault of a document.
   *
   * @param line from 1, 0 when it is not known
   * @param path of the place, or null
   */
  public record Fault(int line, int column, String path, String message) {
    public JsonObject toJson() {
      JsonObject json = new JsonObject();
      if (line > 0) {
        json.put("line", line).put("column", column);
      }
      return json.put("path", path == null ? "" : path).put("message", message);
    }
  }

  private final int status;
  private final String code;
  private final transient List<Fault> faults;
  private final transient Map<String, String> headers;

  private Problem(
      int status, String code, String detail, List<Fault> faults, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.faults = faults;
    this.headers = headers;
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), Map.of());
  }

  /** 400: the request itself is wrong. */
  public static Problem bad(String code, String detail) {
    return of(400, code, detail);
  }

  /** 400 about one place in the body. */
  public static Problem badField(String path, String message) {
    return bad("BAD_FIELD", path.isEmpty() ? message : path + ": " + message)
        .with(List.of(new Fault(0, 0, path, message)));
  }

  public static Problem notFound(String detail) {
    return of(404, "NOT_FOUND", detail);
  }

  public static Problem conflict(String code, String detail) {
    return of(409, code, detail);
  }

  public Problem with(List<Fault> newFaults) {
    return new Problem(status, code, getMessage(), List.copyOf(newFaults), headers);
  }

  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, getMessage(), faults, more);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", "urn:porpoise:problem:" + code)
            .put("title", Statuses.title(status))
            .put("status", status)
            .put("code", code)
            .put("detail", getMessage());
    if (!faults.isEmpty()) {
      JsonArray errors = new JsonArray();
      faults.forEach(fault -> errors.add(fault.toJson()));
      json.put("errors", errors);
    }
    return json;
  }
}

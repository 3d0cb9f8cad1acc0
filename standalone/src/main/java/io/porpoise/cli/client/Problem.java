package io.porpoise.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import java.io.IOException;
import java.net.URI;

/** A refusal of the server, {@code application/problem+json} (RFC 9457), as the user reads it. */
public final class Problem extends CliException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient JsonNode errors;

  private Problem(String message, int status, JsonNode problem) {
    super(message, FAILURE, null);
    this.status = status;
    this.code = Fields.text(problem, "code");
    this.errors = problem.path("errors");
  }

  static Problem of(URI server, int status, byte[] body) {
    JsonNode problem = read(body);
    String detail = Fields.text(problem, "detail");
    if (detail.isEmpty()) {
      detail = (server + " answers " + status + " " + Fields.text(problem, "title")).strip();
    }
    return new Problem(detail, status, problem);
  }

  public int status() {
    return status;
  }

  /** Stable; empty if whoever answered was no Porpoise. */
  public String code() {
    return code;
  }

  /** The faults of the document that was sent; empty if it is not about one. */
  public JsonNode errors() {
    return errors;
  }

  /** The faults of a document, one line each, {@code file:line:column: message}. */
  public static String faults(String file, JsonNode errors) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode error : errors) {
      lines.append(lines.length() == 0 ? "" : "\n").append(file);
      if (error.path("line").asInt() > 0) {
        lines.append(':').append(error.path("line").asInt());
        if (error.path("column").asInt() > 0) {
          lines.append(':').append(error.path("column").asInt());
        }
      }
      String path = Fields.text(error, "path");
      String message = Fields.text(error, "message");
      boolean isNamed = path.isEmpty() || message.contains(path);
      lines.append(": ").append(isNamed ? message : path + ": " + message);
    }
    return lines.toString();
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode problem = ApiClient.JSON.readTree(body);
      return problem == null ? MissingNode.getInstance() : problem;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}

package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Credentials;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every command which asks the server has, and what follows from them. */
public final class CommandOptions {
  private static final String DEFAULT_SERVER = "http://127.0.0.1:12345";

  /** Forms of output. */
  enum Output {
    table,
    json
  }

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The API; else PORPOISE_SERVER, else " + DEFAULT_SERVER + ".")
  private String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "Else PORPOISE_TOKEN, else what porpoise login has kept.")
  private String token;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table or json (default: ${DEFAULT-VALUE}).")
  private Output output = Output.table;

  private final Terminal terminal;
  private final Map<String, String> environment;

  public CommandOptions(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
  }

  Terminal terminal() {
    return terminal;
  }

  Map<String, String> environment() {
    return environment;
  }

  boolean isJson() {
    return output == Output.json;
  }

  Credentials credentials() {
    return new Credentials(Credentials.directory(environment));
  }

  URI server() {
    String given = first(server, environment.get("PORPOISE_SERVER"), DEFAULT_SERVER);
    try {
      URI uri = URI.create(given.contains("://") ? given : "http://" + given);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null) {
        // Without a path: one server has one name, and one token.
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
      }
    } catch (IllegalArgumentException e) {
      // told below, like a URL of another kind
    }
    throw CliException.usage("--server " + given + ": must be a URL such as " + DEFAULT_SERVER);
  }

  ApiClient api() {
    URI uri = server();
    return new ApiClient(uri, tokenFor(uri));
  }

  private String tokenFor(URI uri) {
    String given = first(token, environment.get("PORPOISE_TOKEN"), "");
    return given.isEmpty() ? credentials().tokenOf(uri.toString()).orElse("") : given;
  }

  /** Prints an answer as it is, with indentation. */
  void printJson(JsonNode body) {
    try {
      terminal.line(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body));
    } catch (IOException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (text != null && !text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}

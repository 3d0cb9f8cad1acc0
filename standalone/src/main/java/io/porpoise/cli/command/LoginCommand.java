package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.Credentials;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Times;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code porpoise login}: keeps a token for this server, in a file that only its owner can read.
 */
@Command(name = "login", description = "Logs in and keeps the token for this server.")
public final class LoginCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "Else PORPOISE_USER, else admin.")
  private String user;

  @Option(
      names = "--password-stdin",
      description = "Reads the password from standard input; else PORPOISE_PASSWORD, else asks.")
  private boolean isPasswordOnInput;

  @Override
  public Integer call() {
    URI server = options.server();
    String name =
        user == null ? options.environment().getOrDefault("PORPOISE_USER", "admin") : user;
    JsonNode answer = login(server, name, password(name));
    Credentials credentials = options.credentials();
    credentials.save(
        server.toString(), name, Fields.text(answer, "token"), Fields.text(answer, "expires"));
    if (options.isJson()) {
      options.printJson(answer);
    } else {
      options
          .terminal()
          .line(
              "logged in to %s as %s until %s (kept in %s)"
                  .formatted(
                      server,
                      name,
                      Times.local(Fields.time(answer, "expires")),
                      credentials.file()));
    }
    return 0;
  }

  private static JsonNode login(URI server, String name, String password) {
    try {
      return new ApiClient(server, "")
          .post(
              "/api/v1/login",
              ApiClient.JSON.createObjectNode().put("user", name).put("password", password))
          .body();
    } catch (Problem e) {
      throw CliException.failure("cannot log in as " + name + ": " + e.getMessage(), e);
    }
  }

  private String password(String name) {
    if (isPasswordOnInput) {
      try {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("");
      } catch (IOException e) {
        throw CliException.failure("cannot read the password: " + e.getMessage(), e);
      }
    }
    String given = options.environment().get("PORPOISE_PASSWORD");
    if (given != null) {
      return given;
    }
    Console console = System.console();
    if (console == null) {
      throw CliException.usage("no terminal to ask on: use --password-stdin or PORPOISE_PASSWORD");
    }
    char[] typed = console.readPassword("password of %s: ", name);
    if (typed == null) {
      throw CliException.usage("no password given");
    }
    return new String(typed);
  }
}

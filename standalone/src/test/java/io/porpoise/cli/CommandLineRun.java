package io.porpoise.cli;

import io.porpoise.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One call of the command line in this process, and what came of it. */
record CommandLineRun(int exitCode, String out, String err) {
  static CommandLineRun of(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        PorpoiseCli.commandLine(new Terminal(out, err, false), environment).execute(args);
    return new CommandLineRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The environment of a user who has a token for this server. */
  static Map<String, String> user(FakeServer server, Path home) {
    Map<String, String> environment = new HashMap<>();
    environment.put("XDG_CONFIG_HOME", home.toString());
    environment.put("PORPOISE_SERVER", server.url());
    environment.put("PORPOISE_TOKEN", "t0ken");
    return environment;
  }
}

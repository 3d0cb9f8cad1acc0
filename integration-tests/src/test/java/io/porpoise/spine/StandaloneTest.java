package io.porpoise.spine;

import io.porpoise.processes.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts on one standalone server, started as a person starts it. */
class StandaloneTest {
  private static ServerProcess server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.standalone(ServerProcess.directory("spine").resolve("data"));
    http = new Http(server.url(), "admin", "porpoise123");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class Runs extends RunContract {
    @Override
    Http http() {
      return http;
    }
  }

  @Nested
  class Logs extends LogContract {
    @Override
    Http http() {
      return http;
    }

    @Override
    long residentKilobytes() throws Exception {
      for (String line : Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      throw new AssertionError("no VmRSS");
    }
  }

  @Nested
  class BadInput extends BadInputContract {
    @Override
    Http http() {
      return http;
    }
  }

  @Nested
  class CommandLine extends CommandLineContract {
    @Override
    Http http() {
      return http;
    }
  }
}

package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.porpoise.node.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {
  @TempDir Path logs;

  @AfterEach
  void back_to_quiet() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new QuietUntilConfigured().configure(context);
    context.start();
  }

  @Test
  void the_console_gets_a_few_good_lines_and_the_file_gets_all() throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      Logging.start(Config.defaults().log(), logs, "master");
      Console.say("ready");
      LoggerFactory.getLogger("io.porpoise.x.Y").atInfo().addKeyValue("slot", 7).log("detail");
      LoggerFactory.getLogger("io.porpoise.x.Y")
          .warn("trouble", new IllegalStateException("with\nlines"));
      LoggerFactory.getLogger("org.apache.zookeeper.Z").error("loud");
      Logging.stop();
    } finally {
      System.setOut(out);
    }

    assertThat(shown.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("ready", "warn: trouble (with lines)");
    assertThat(Files.readString(logs.resolve("master.log")))
        .contains("ready", "detail", "slot=\"7\"", "trouble", "IllegalStateException", "loud");
  }
}

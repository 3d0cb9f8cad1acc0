package io.porpoise.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the stories with node; its tools are installed below target. */
final class Stories {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("src/test/ui").toAbsolutePath();
  private static final Path TARGET = Path.of("target/ui").toAbsolutePath();
  private static final Path WORK = TARGET.resolve("node");
  private static final String RESULT = "@result ";
  private static final String LOCK = "package-lock.json";
  private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(15);

  private Stories() {}

  /** All stories against a server, in the order in which they ended. */
  static List<Story> tell(URI server, String user, String password)
      throws IOException, InterruptedException {
    install();
    Map<String, String> environment =
        Map.of(
            "PORPOISE_URL",
            server.toString(),
            "PORPOISE_USER",
            user,
            "PORPOISE_PASSWORD",
            password,
            "PORPOISE_OUT",
            TARGET.toString());
    Path out = TARGET.resolve("stories.txt");
    int status = run(out, TOLD_WITHIN, environment, "node", "run.mjs");
    List<Story> told = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      if (line.startsWith(RESULT)) {
        told.add(JSON.readValue(line.substring(RESULT.length()), Story.class));
      } else {
        System.out.println(line);
      }
    }
    if (status != 0 && told.stream().allMatch(story -> story.error() == null)) {
      throw new AssertionError("node ended with status " + status + ": " + Files.readString(out));
    }
    return told;
  }

  /** Copies the sources and installs what the lock file asks for, unless that is there. */
  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    Path installed = WORK.resolve("node_modules").resolve(LOCK);
    boolean isCurrent =
        Files.exists(installed) && Files.mismatch(installed, SOURCES.resolve(LOCK)) == -1;
    copySources();
    if (isCurrent) {
      return;
    }
    Path out = TARGET.resolve("npm.txt");
    int status = run(out, INSTALLED_WITHIN, Map.of(), "npm", "ci", "--loglevel=error");
    if (status != 0) {
      throw new AssertionError("npm ci failed: " + Files.readString(out));
    }
    Files.copy(WORK.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Stories that are gone from the sources must not be told any more. */
  private static void copySources() throws IOException {
    for (Path old : below(WORK)) {
      if (Files.isRegularFile(old)) {
        Files.delete(old);
      }
    }
    for (Path file : below(SOURCES)) {
      Path copy = WORK.resolve(SOURCES.relativize(file));
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.toString().contains("node_modules")).toList();
    }
  }

  private static int run(Path out, Duration within, Map<String, String> more, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(WORK.toFile());
    builder.environment().putAll(more);
    builder.redirectErrorStream(true).redirectOutput(out.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(
          "the browser tests need Node.js 20 or newer with npm on the PATH: " + command[0], e);
    }
    try {
      if (process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      Files.writeString(out, "\nnot done within " + within + "\n", StandardOpenOption.APPEND);
      return -1;
    } finally {
      killAll(process);
    }
  }

  /** With node goes the browser, whatever state it is in. */
  private static void killAll(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}

package io.porpoise.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One service of Porpoise as a process, started as people start it. */
public final class ServerProcess implements AutoCloseable {
  public static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(2);
  private static final Pattern URL = Pattern.compile("(?m)^(http://\\S+)$");
  private static final long LOOK_MILLIS = 20;

  private final Process process;
  private final Path data;
  private final Path out;
  private final Path errors;

  private ServerProcess(Process process, Path data, Path out, Path errors) {
    this.process = process;
    this.data = data;
    this.out = out;
    this.errors = errors;
  }

  /** An empty directory for one test's data and output; what a former run left is gone. */
  public static Path directory(String name) throws IOException {
    Path directory = HOME.resolve("integration-tests/target/processes").resolve(name);
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Launches a service and does not wait for anything. */
  public static ServerProcess launch(
      String service, Path data, Map<String, String> environment, String... settings)
      throws IOException {
    return launch(HOME, service, data, environment, settings);
  }

  /**
   * Launches a service of some checkout.
   *
   * @param home of the checkout, built
   */
  public static ServerProcess launch(
      Path home, String service, Path data, Map<String, String> environment, String... settings)
      throws IOException {
    if (!Files.exists(home.resolve("standalone/target/porpoise-standalone.jar"))) {
      throw new IllegalStateException(
          "the jars of " + home + " are not built: run scripts/test, or mvn package");
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("scripts/porpoise", "server", service));
    command.addAll(List.of("--set", "node.data=" + data));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    Path out = data.resolveSibling(data.getFileName() + ".out");
    Path errors = data.resolveSibling(data.getFileName() + ".errors");
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PORPOISE_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(errors.toFile());
    return new ServerProcess(builder.start(), data, out, errors);
  }

  /** Launches standalone on a free port of HTTP and waits until it is ready. */
  public static ServerProcess standalone(Path data, String... settings)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("api.port=0"));
    all.addAll(List.of(settings));
    ServerProcess server = launch("standalone", data, Map.of(), all.toArray(String[]::new));
    server.awaitReady();
    return server;
  }

  /** Waits until the process says that it is ready. */
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!output().contains(" is ready after ")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String said = output() + errors();
        kill();
        throw new IllegalStateException("the server did not become ready: " + said);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Waits until the process has ended, and tells its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("the server did not end");
    }
    return process.exitValue();
  }

  /** Asks it to stop, as systemd and containers do. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it without any chance to tidy up; what it had started lives on. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops everything, whatever state it is in. */
  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (ProcessHandle left : leftOvers(data)) {
      left.destroyForcibly();
    }
  }

  public URI url() throws IOException {
    Matcher url = URL.matcher(output());
    if (!url.find()) {
      throw new IllegalStateException("the server told no URL: " + output());
    }
    return URI.create(url.group(1));
  }

  public long pid() {
    return process.pid();
  }

  public Path data() {
    return data;
  }

  /** What it wrote to standard output. */
  public String output() throws IOException {
    return Files.exists(out) ? Files.readString(out) : "";
  }

  /** What it wrote to standard error. */
  public String errors() throws IOException {
    return Files.exists(errors) ? Files.readString(errors) : "";
  }

  /** The embedded database's process. */
  public Optional<ProcessHandle> database() {
    return leftOvers(data).stream()
        .filter(handle -> commandLine(handle).contains("mariadbd"))
        .findFirst();
  }

  /** Living processes, this test apart, that name the directory in their command line. */
  public static List<ProcessHandle> leftOvers(Path directory) {
    return naming(directory.toString());
  }

  /** Living processes, this test apart, with the text in their command line. */
  static List<ProcessHandle> naming(String text) {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != ProcessHandle.current().pid())
        .filter(handle -> commandLine(handle).contains(text))
        .toList();
  }

  /** Killed orphans stay in the table as zombies, whose command line is empty. */
  private static String commandLine(ProcessHandle handle) {
    try {
      return Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"));
    } catch (IOException e) {
      return "";
    }
  }
}

package io.porpoise.processes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster of processes in one folder, by {@code scripts/cluster}. */
public final class ClusterProcesses implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("(?m)^(http://\\S+)$");
  private static final long MINUTES_MAX = 10;

  private final Path directory;

  /**
   * @param directory of its own, empty
   */
  public ClusterProcesses(Path directory) {
    this.directory = directory;
  }

  /** Starts what is not running. */
  public void up(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--port", "0"));
    arguments.addAll(List.of(options));
    Outcome outcome = script("up", arguments);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException("no cluster: " + outcome.output());
    }
  }

  /** What one call of the script did. */
  public record Outcome(int exitCode, String output) {}

  public Outcome status() throws IOException, InterruptedException {
    return script("status", List.of());
  }

  public Outcome down() throws IOException, InterruptedException {
    return script("down", List.of());
  }

  /** The process of a node such as {@code master-1}. */
  public ProcessHandle process(String name) throws IOException {
    String pid = Files.readString(directory.resolve(name).resolve("pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Where an API node serves. */
  public URI url(String name) throws IOException {
    Matcher url = URL.matcher(Files.readString(directory.resolve(name).resolve("out")));
    if (!url.find()) {
      throw new IllegalStateException(name + " told no URL");
    }
    return URI.create(url.group(1));
  }

  public String adminPassword() throws IOException {
    return Files.readString(directory.resolve("admin.password")).strip();
  }

  @Override
  public void close() throws IOException {
    try {
      down();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ServerProcess.leftOvers(directory).forEach(ProcessHandle::destroyForcibly);
  }

  private Outcome script(String verb, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scripts/cluster", verb));
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(arguments);
    Path output = directory.resolveSibling(directory.getFileName() + "." + verb);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ServerProcess.HOME.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PORPOISE_"));
    // The jars under test are built already: a build within the build would replace them.
    builder.environment().put("PORPOISE_NO_BUILD", "true");
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Outcome(process.waitFor(), Files.readString(output));
  }
}

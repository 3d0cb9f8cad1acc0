package io.porpoise.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cluster of processes in one folder, by {@code scripts/cluster}.
 *
 * <p>Its processes are called {@code master-1}, {@code worker-2}, {@code api-1}, {@code zookeeper},
 * {@code mariadb}, and {@code worker-2/worker/keeper} is the keeper of a worker: folders with a
 * {@code pid} file in them.
 */
public final class ClusterProcesses implements Deployment, AutoCloseable {
  private static final Pattern URL = Pattern.compile("(?m)^(http://\\S+)$");
  private static final long MINUTES_MAX = 10;
  private static final Pattern MEMBER = Pattern.compile("(master|worker|api|alert)-[0-9]+");

  private final Path directory;
  private final Map<String, List<String>> settled = new ConcurrentHashMap<>();

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

  /** Starts these processes again, each with the settings of its first start. */
  public void start(String... names) throws IOException, InterruptedException {
    List<String> ashore = new ArrayList<>(List.of(names));
    ashore.removeAll(settled.keySet());
    if (!ashore.isEmpty()) {
      start(ashore, List.of());
    }
    for (String name : names) {
      if (settled.containsKey(name)) {
        start(List.of(name), settled.get(name));
      }
    }
  }

  /** Starts further members, each on an island of its own, where it will start again later. */
  void settle(List<String> names, Islands islands) throws IOException, InterruptedException {
    for (String name : names) {
      settled.put(name, islands.settle(name, this));
      start(name);
    }
  }

  private void start(List<String> names, List<String> options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(names);
    arguments.addAll(options);
    Outcome outcome = script("start", arguments);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException("no " + names + ": " + outcome.output());
    }
  }

  /** Asks a process to end (SIGTERM), and waits until it has. */
  public void stop(String name) throws IOException, InterruptedException {
    new Victim(process(name)).signal("TERM").awaitEnd();
  }

  /** Ends a process without any chance to tidy up (SIGKILL); returns when it is gone. */
  public void kill(String name) throws IOException, InterruptedException {
    new Victim(process(name)).signal("KILL").awaitEnd();
  }

  /** Freezes a process (SIGSTOP). */
  public void pause(String name) throws IOException, InterruptedException {
    new Victim(process(name)).signal("STOP");
  }

  /** Lets a frozen process go on (SIGCONT). */
  public void resume(String name) throws IOException, InterruptedException {
    new Victim(process(name)).signal("CONT");
  }

  public boolean isAlive(String name) throws IOException {
    return Files.exists(directory.resolve(name).resolve("pid"))
        && find(name).isPresent()
        && new Victim(process(name)).isAlive();
  }

  /** The process of this name. */
  public ProcessHandle process(String name) throws IOException {
    return find(name).orElseThrow(() -> new IllegalStateException("there is no " + name));
  }

  private Optional<ProcessHandle> find(String name) throws IOException {
    // A keeper's file has its start time behind the number.
    String pid = Files.readString(directory.resolve(name).resolve("pid")).strip().split(" ")[0];
    return ProcessHandle.of(Long.parseLong(pid));
  }

  /** Where an API node serves. */
  public URI url(String name) throws IOException {
    Matcher url = URL.matcher(Files.readString(directory.resolve(name).resolve("out")));
    if (!url.find()) {
      throw new IllegalStateException(name + " told no URL");
    }
    return URI.create(url.group(1));
  }

  @Override
  public List<URI> apis() {
    List<URI> found = new ArrayList<>();
    for (String name : members()) {
      if (name.startsWith("api-")) {
        Matcher url = URL.matcher(text(name + "/out"));
        if (url.find()) {
          found.add(URI.create(url.group(1)));
        }
      }
    }
    return found;
  }

  @Override
  public String adminPassword() {
    return text("admin.password");
  }

  @Override
  public String databaseUri() {
    return "mysql://127.0.0.1:" + text("mariadb/port") + "/porpoise";
  }

  @Override
  public String databaseUser() {
    return "porpoise";
  }

  @Override
  public String databasePassword() {
    return text("mariadb/password");
  }

  @Override
  public String zookeeper() {
    return "127.0.0.1:" + text("zookeeper.port");
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public List<String> members() {
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> MEMBER.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String file) {
    try {
      return Files.readString(directory.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    Path output = Files.createTempFile(directory.toAbsolutePath().getParent(), verb + "-", ".out");
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

package io.porpoise.bench.stage;

import io.porpoise.processes.ClusterProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where scenarios run: a folder, a size, and one server that most of them share. */
public final class Stage implements AutoCloseable {
  private static final String SHARED = "shared";

  private final Path folder;
  private final Scale scale;
  private final Knobs knobs;
  private Optional<Path> binary = Optional.empty();
  private Server shared;

  /**
   * What a user sets for some scenarios.
   *
   * @param minutes of the steady load; 0: its own
   * @param rows of the lists, in tasks; 0: its own
   * @param against a checkout of another state, built; empty: this one
   */
  public record Knobs(double minutes, long rows, Optional<Path> against) {
    public static final Knobs NONE = new Knobs(0, 0, Optional.empty());
  }

  /**
   * @param folder for data and what is measured in files; empty
   */
  public Stage(Path folder, Scale scale, Knobs knobs) {
    this.folder = folder;
    this.scale = scale;
    this.knobs = knobs;
  }

  public int pick(int smoke, int usual, int full) {
    return switch (scale) {
      case SMOKE -> smoke;
      case USUAL -> usual;
      case FULL -> full;
    };
  }

  public boolean isSmoke() {
    return scale == Scale.SMOKE;
  }

  public Knobs knobs() {
    return knobs;
  }

  /** An own folder for a scenario's files. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** The server that nobody has configured; started when it is first needed. */
  public Server server() throws IOException, InterruptedException {
    if (shared == null) {
      shared = start(SHARED, Server.Setup.DEFAULT);
    }
    return shared;
  }

  /** What is done with a server. */
  public interface Use {
    List<Figure> on(Server server) throws IOException, InterruptedException;
  }

  /**
   * Uses a further server; the shared one ends, so that it is alone. Where sizes do not matter it
   * is the shared one all the same.
   */
  public List<Figure> alone(String name, Server.Setup setup, Use use)
      throws IOException, InterruptedException {
    if (scale == Scale.SMOKE) {
      return use.on(server());
    }
    close();
    try (Server server = start(name, setup)) {
      return use.on(server);
    }
  }

  /** A further server, beside the shared one; to be closed by the scenario. */
  public Server another(String name, Server.Setup setup) throws IOException, InterruptedException {
    return start(name, setup);
  }

  /** A cluster of processes, to be closed by the scenario; the shared server ends. */
  public Cluster cluster(String name, int masters, int workers, String... settings)
      throws IOException, InterruptedException {
    close();
    say("starting a cluster of " + masters + " masters and " + workers + " workers");
    ClusterProcesses cluster = new ClusterProcesses(folder(name).resolve(masters + "-" + workers));
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--masters", Integer.toString(masters)));
    options.addAll(List.of("--workers", Integer.toString(workers)));
    options.addAll(List.of("--apis", "1", "--alerts", "0", "--"));
    for (String setting : settings) {
      options.addAll(List.of("--set", setting));
    }
    try {
      cluster.up(options.toArray(String[]::new));
      return new Cluster(cluster);
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Server start(String name, Server.Setup setup) throws IOException, InterruptedException {
    say("starting a server and its database");
    Path home = folder.resolve(name);
    for (int i = 2; Files.exists(home); i++) {
      home = folder.resolve(name + "-" + i);
    }
    Server server = Server.start(home, setup, binary, this::say);
    if (binary.isEmpty()) {
      binary = unpackedIn(home);
    }
    return server;
  }

  /** The database's program, for the servers to come: unpacking takes seconds. */
  private static Optional<Path> unpackedIn(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("database"), 3)) {
      return files.filter(file -> file.endsWith("bin/mariadbd")).findFirst();
    }
  }

  public void say(String what) {
    System.err.println("bench: " + what);
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }
}

package io.porpoise.bench.stage;

import io.porpoise.node.config.ByteSize;
import io.porpoise.node.config.Config;
import io.porpoise.node.config.StandaloneConfig;
import io.porpoise.processes.ServerProcess;
import io.porpoise.standalone.mariadb.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A standalone server as people start it, and a MariaDB with durable commits of its own. */
public final class Server implements Target, AutoCloseable {
  /**
   * How it differs from one that nobody has configured.
   *
   * @param javaOptions as PORPOISE_JAVA_OPTS, may be empty
   * @param bufferMiB of the database
   * @param settings {@code key=value}
   * @param home of the checkout that it is started from
   */
  public record Setup(String javaOptions, int bufferMiB, List<String> settings, Path home) {
    public static final Setup DEFAULT = new Setup("", 64, List.of(), ServerProcess.HOME);

    public Setup javaOptions(String options) {
      return new Setup(options, bufferMiB, settings, home);
    }

    public Setup bufferMiB(int size) {
      return new Setup(javaOptions, size, settings, home);
    }

    public Setup home(Path checkout) {
      return new Setup(javaOptions, bufferMiB, settings, checkout);
    }
  }

  private final Path folder;
  private final Setup setup;
  private final EmbeddedMariaDb database;
  private final Rows rows;
  private ServerProcess process;
  private Api api;
  private double readySeconds;

  private Server(Path folder, Setup setup, EmbeddedMariaDb database) {
    this.folder = folder;
    this.setup = setup;
    this.database = database;
    rows = new Rows(database.uri(), database.user(), database.password());
  }

  /**
   * Starts database and server, and logs in.
   *
   * @param binary of the database; empty: that which comes with Porpoise is unpacked
   */
  static Server start(Path folder, Setup setup, Optional<Path> binary, Consumer<String> progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    StandaloneConfig defaults = Config.defaults().standalone();
    StandaloneConfig config =
        new StandaloneConfig(
            0,
            binary.map(Path::toString),
            new ByteSize((long) setup.bufferMiB() << 20),
            defaults.zookeeperPort());
    Server server =
        new Server(
            folder, setup, EmbeddedMariaDb.start(folder.resolve("database"), config, progress));
    try {
      server.launch();
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Starts the server on the data that is there; it must not be running. */
  public void launch() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORPOISE_DATABASE_URI", database.uri());
    environment.put("PORPOISE_DATABASE_USER", database.user());
    environment.put("PORPOISE_DATABASE_PASSWORD", database.password());
    if (!setup.javaOptions().isEmpty()) {
      environment.put("PORPOISE_JAVA_OPTS", setup.javaOptions());
    }
    String[] settings = new String[setup.settings().size() + 1];
    settings[0] = "api.port=0";
    for (int i = 1; i < settings.length; i++) {
      settings[i] = setup.settings().get(i - 1);
    }
    long began = System.nanoTime();
    process =
        ServerProcess.launch(
            setup.home(), "standalone", folder.resolve("data"), environment, settings);
    process.awaitReady();
    readySeconds = (System.nanoTime() - began) / 1e9;
    api = new Api(process.url(), "admin", "porpoise123");
  }

  /** Stops the server as an operator does; the database goes on. */
  public void stop() throws InterruptedException {
    process.terminate();
    process.awaitEnd();
  }

  @Override
  public Api api() {
    return api;
  }

  @Override
  public Rows rows() {
    return rows;
  }

  /** From the start of the process until it said that it is ready. */
  public double readySeconds() {
    return readySeconds;
  }

  public Proc jvm() {
    return new Proc(process.pid());
  }

  public Path data() {
    return folder.resolve("data");
  }

  public EmbeddedMariaDb database() {
    return database;
  }

  @Override
  public Usage usage() throws IOException {
    String pid = Files.readString(data().resolve("worker/keeper/pid")).strip().split(" ")[0];
    Proc keeper = new Proc(Long.parseLong(pid));
    return new Usage(
        jvm().cpuSeconds(),
        jvm().overheadSeconds(),
        new Proc(database.pid()).cpuSeconds(),
        keeper.cpuSeconds(),
        keeper.childrenSeconds(),
        new Proc(ProcessHandle.current().pid()).cpuSeconds());
  }

  @Override
  public void checkCalm() throws IOException, InterruptedException {
    Invariants.calm(api);
  }

  /** Bytes of the server's living objects, after a full collection. */
  public long liveBytes() throws IOException, InterruptedException {
    return Jcmd.liveBytes(process.pid());
  }

  @Override
  public void close() {
    rows.close();
    if (process != null) {
      process.close();
    }
    database.close();
  }
}

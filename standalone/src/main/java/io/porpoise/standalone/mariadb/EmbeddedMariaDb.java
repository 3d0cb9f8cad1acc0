package io.porpoise.standalone.mariadb;

import io.porpoise.node.StartFailure;
import io.porpoise.node.config.StandaloneConfig;
import io.porpoise.standalone.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database while it serves. Blocking throughout: it is started before any event loop
 * and stopped after.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);

  /** Repairing after a crash may take its time; a server that hangs must not hang us for ever. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 20;
  private static final int RESTARTS_MAX = 5;
  private static final int GREETING_BYTES = 5;

  private final DatabaseDirectory directory;
  private final List<String> command;
  private final int port;
  private final String password;
  private ProcessHandle daemon;
  private boolean isStopping;
  private int restarts;

  private EmbeddedMariaDb(DatabaseDirectory directory, List<String> command, int port)
      throws IOException {
    this.directory = directory;
    this.command = command;
    this.port = port;
    password = directory.password();
  }

  /**
   * Starts the database, or adopts the one that a killed Porpoise left running; returns when it
   * serves.
   *
   * @param progress hears of the steps that take seconds
   * @throws StartFailure when it cannot
   */
  public static EmbeddedMariaDb start(
      Path home, StandaloneConfig config, Consumer<String> progress) {
    try {
      DatabaseDirectory directory = new DatabaseDirectory(home);
      Installation installation = installation(directory, config, progress);
      DaemonArguments arguments = new DaemonArguments(installation, directory.tables());
      ProcessHandle orphan = Orphan.find(directory.tables(), arguments.mark()).orElse(null);
      int orphanPort = orphan == null ? 0 : wantedPort(orphan, arguments, config);
      if (orphanPort != 0) {
        return adopt(orphan, directory, orphanPort);
      }
      if (orphan != null) {
        stop(orphan);
      }
      directory.prepare(installation);
      int port =
          Ports.choose("standalone.database_port", config.databasePort(), directory.portFile());
      List<String> command = arguments.serve(port, config.databaseBuffer().bytes());
      EmbeddedMariaDb database = new EmbeddedMariaDb(directory, command, port);
      database.launch();
      return database;
    } catch (IOException e) {
      throw new StartFailure(
          "the embedded database cannot start in " + home + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while starting the database", e);
    }
  }

  /** As {@code database.uri} takes it. */
  public String uri() {
    return "mysql://127.0.0.1:" + port + "/" + DatabaseDirectory.SCHEMA;
  }

  public String user() {
    return DatabaseDirectory.USER;
  }

  public String password() {
    return password;
  }

  /** The process, for those who watch it. */
  public synchronized long pid() {
    return daemon.pid();
  }

  /** Stops watching it: the process goes on alone. */
  synchronized void leave() {
    isStopping = true;
  }

  /** Stops the database; returns when its process has gone. */
  @Override
  public void close() {
    ProcessHandle last;
    synchronized (this) {
      isStopping = true;
      last = daemon;
    }
    stop(last);
  }

  private static Installation installation(
      DatabaseDirectory directory, StandaloneConfig config, Consumer<String> progress)
      throws IOException {
    if (config.databaseBinary().isPresent()) {
      Path binary = Path.of(config.databaseBinary().get());
      return Installation.around(binary)
          .orElseThrow(
              () ->
                  new StartFailure(
                      "standalone.database_binary is '%s' but there is no complete MariaDB server around it"
                          .formatted(binary)));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return BundledBinaries.unpack(
            directory.binaries(), () -> progress.accept("unpacking the embedded database"))
        .or(() -> Installation.onPath(path))
        .orElseThrow(
            () ->
                new StartFailure(
                    "no MariaDB for %s on %s comes with Porpoise, and no mariadbd is on the PATH: install MariaDB 10.6 or later, or set PORPOISE_DATABASE_URI"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))));
  }

  /** The port of an orphan that was called as we would call it now and answers; else 0. */
  private static int wantedPort(
      ProcessHandle orphan, DaemonArguments arguments, StandaloneConfig config) {
    List<String> called = Orphan.command(orphan);
    int port =
        called.stream()
            .filter(argument -> argument.matches("--port=\\d+"))
            .mapToInt(argument -> Integer.parseInt(argument.substring(7)))
            .findFirst()
            .orElse(0);
    boolean isWanted =
        called.equals(arguments.serve(port, config.databaseBuffer().bytes()))
            && (config.databasePort() == 0 || config.databasePort() == port)
            && greets(port);
    return isWanted ? port : 0;
  }

  private static EmbeddedMariaDb adopt(ProcessHandle orphan, DatabaseDirectory directory, int port)
      throws IOException {
    LOG.info("adopting the database that was left running, process {}", orphan.pid());
    EmbeddedMariaDb database = new EmbeddedMariaDb(directory, Orphan.command(orphan), port);
    database.watch(orphan);
    return database;
  }

  private void launch() throws IOException, InterruptedException {
    Path socket = directory.tables().resolve("mariadbd.sock");
    Files.deleteIfExists(socket);
    Process process =
        new ProcessBuilder(inOwnSession(command))
            .directory(directory.tables().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
            .start();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!greets(port)) {
      if (!process.isAlive()) {
        throw new StartFailure("the embedded database does not start: " + directory.lastError());
      }
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new StartFailure("the embedded database hangs; see " + directory.log());
      }
      Thread.sleep(LOOK_MILLIS);
    }
    watch(process.toHandle());
  }

  private synchronized void watch(ProcessHandle process) {
    daemon = process;
    process.onExit().thenRun(this::ended);
  }

  /**
   * Somebody killed the database, not us: Porpoise waits for it as for any other, so start it
   * again.
   */
  private void ended() {
    synchronized (this) {
      if (isStopping || ++restarts > RESTARTS_MAX) {
        return;
      }
    }
    LOG.warn("the embedded database has ended, starting it again");
    try {
      launch();
    } catch (IOException | StartFailure e) {
      LOG.error("the embedded database cannot be started again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      LOG.warn("the embedded database does not stop, killing it");
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ctrl-C goes to a whole group of processes, and the database must outlive what uses it. */
  private static List<String> inOwnSession(List<String> command) {
    Path setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return command;
    }
    List<String> whole = new ArrayList<>();
    whole.add(setsid.toString());
    whole.addAll(command);
    return whole;
  }

  /** A MySQL server speaks first; before it is ready it does not even accept. */
  private static boolean greets(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(2_000);
      byte[] greeting = socket.getInputStream().readNBytes(GREETING_BYTES);
      return greeting.length == GREETING_BYTES && greeting[GREETING_BYTES - 1] == 10;
    } catch (IOException e) {
      return false;
    }
  }
}

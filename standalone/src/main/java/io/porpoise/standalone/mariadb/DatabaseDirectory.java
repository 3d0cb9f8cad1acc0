package io.porpoise.standalone.mariadb;

import io.porpoise.node.DurableFile;
import io.porpoise.node.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The tables, the password and the log of the embedded database, below one directory. */
final class DatabaseDirectory {
  static final String SCHEMA = "porpoise";
  static final String USER = "porpoise";
  private static final int PASSWORD_BYTES = 24;
  private static final long BOOTSTRAP_SECONDS_MAX = 120;
  private static final long LOG_BYTES_MAX = 8L << 20;

  private final Path home;

  DatabaseDirectory(Path home) throws IOException {
    this.home = Files.createDirectories(home.toAbsolutePath());
  }

  Path binaries() {
    return home;
  }

  Path portFile() {
    return home.resolve("port");
  }

  Path tables() {
    return home.resolve("tables");
  }

  /** What the server says, also through restarts; kept from growing for ever. */
  Path log() throws IOException {
    Path log = home.resolve("mariadbd.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.delete(log);
    }
    return log;
  }

  /** The password of {@link #USER}, made up at the first call. */
  String password() throws IOException {
    Path file = home.resolve("password");
    Optional<String> kept = DurableFile.read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    DurableFile.writeSecret(file, password);
    return password;
  }

  /** Makes system tables, schema and user unless they are there. */
  void prepare(Installation installation) throws IOException, InterruptedException {
    Path ready = home.resolve("tables.ready");
    if (Files.exists(ready)) {
      return;
    }
    BundledBinaries.deleteTree(tables());
    Files.createDirectories(tables());
    Process bootstrap =
        new ProcessBuilder(new DaemonArguments(installation, tables()).bootstrap())
            .directory(tables().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    try (OutputStream script = bootstrap.getOutputStream()) {
      script.write(systemTables(installation).getBytes(StandardCharsets.UTF_8));
      script.write(schemaAndUser(password()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended early; its log says why.
    }
    if (!bootstrap.waitFor(BOOTSTRAP_SECONDS_MAX, TimeUnit.SECONDS)) {
      bootstrap.destroyForcibly();
    }
    if (bootstrap.waitFor() != 0) {
      throw new StartFailure("the embedded database could not be set up: " + lastError());
    }
    DurableFile.write(ready, SCHEMA);
  }

  /** The last line of the log that says what was wrong. */
  String lastError() throws IOException {
    if (!Files.exists(log())) {
      return "it left no log";
    }
    String text = Files.readString(log(), StandardCharsets.ISO_8859_1);
    return text.lines()
        .filter(line -> line.contains("[ERROR]") && !line.endsWith("Aborting"))
        .reduce((first, second) -> second)
        .map(line -> line.substring(line.indexOf("[ERROR]") + 8))
        .orElse("see " + log());
  }

  private static String systemTables(Installation installation) throws IOException {
    StringBuilder script = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    for (String name : Installation.SYSTEM_TABLES) {
      script.append(Files.readString(Installation.script(installation.share(), name))).append('\n');
    }
    return script.toString();
  }

  /** The server reads one statement a line here. Nobody but our user gets in, root included. */
  private static String schemaAndUser(String password) {
    return String.join(
        "\n",
        "DELETE FROM mysql.global_priv WHERE User IN ('root', '');",
        "DELETE FROM mysql.proxies_priv;",
        "FLUSH PRIVILEGES;",
        "CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4;",
        "CREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + password + "';",
        "GRANT ALL ON " + SCHEMA + ".* TO " + USER + "@'127.0.0.1';",
        "");
  }
}

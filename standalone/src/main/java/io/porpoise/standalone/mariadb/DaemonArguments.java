package io.porpoise.standalone.mariadb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the server is called. */
final class DaemonArguments {
  static final String PID_FILE = "mariadbd.pid";
  private static final int CONNECTIONS_MAX = 151;

  private final Installation installation;
  private final Path directory;

  /**
   * @param directory of the tables
   */
  DaemonArguments(Installation installation, Path directory) {
    this.installation = installation;
    this.directory = directory;
  }

  /** To make the system tables, from a script on standard input. */
  List<String> bootstrap() {
    List<String> arguments = common();
    arguments.add("--bootstrap");
    return arguments;
  }

  /**
   * To serve on loopback.
   *
   * @param bufferBytes of InnoDB's buffer pool
   */
  List<String> serve(int port, long bufferBytes) {
    List<String> arguments = common();
    arguments.add("--innodb-buffer-pool-size=" + bufferBytes);
    arguments.add("--innodb-flush-log-at-trx-commit=1");
    arguments.add("--bind-address=127.0.0.1");
    arguments.add("--port=" + port);
    // Relative, because the path of a socket must be short; the server works in its directory.
    arguments.add("--socket=mariadbd.sock");
    arguments.add("--pid-file=" + PID_FILE);
    arguments.add("--skip-name-resolve");
    arguments.add("--max-connections=" + CONNECTIONS_MAX);
    arguments.add("--max-allowed-packet=16M");
    arguments.add("--character-set-server=utf8mb4");
    arguments.add("--key-buffer-size=1M");
    arguments.add("--aria-pagecache-buffer-size=4M");
    arguments.add("--table-open-cache=400");
    arguments.add("--performance-schema=OFF");
    arguments.add("--innodb-temp-data-file-path=ibtmp1:4M:autoextend");
    return arguments;
  }

  /** What tells our server from every other process. */
  String mark() {
    return "--datadir=" + directory;
  }

  private List<String> common() {
    List<String> arguments = new ArrayList<>();
    arguments.add(installation.daemon().toString());
    arguments.add("--no-defaults");
    arguments.add(mark());
    arguments.add("--lc-messages-dir=" + installation.share());
    arguments.add("--character-sets-dir=" + installation.share().resolve("charsets"));
    // With keys to be generated a start takes up to 49 s, and loopback needs no encryption.
    arguments.add("--skip-ssl");
    arguments.add("--skip-log-bin");
    arguments.add("--innodb-log-file-size=32M");
    if (System.getProperty("user.name").equals("root")) {
      arguments.add("--user=root");
    }
    return arguments;
  }
}

package io.porpoise.standalone.mariadb;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a MariaDB server.
 *
 * @param daemon {@code mariadbd}
 * @param share scripts of the system tables, error messages and character sets
 */
record Installation(Path daemon, Path share) {
  /**
   * The last of them came with 10.4 and must be there, the names before have been in use longer.
   */
  static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  /** The installation around a daemon, if it is complete. */
  static Optional<Installation> around(Path daemon) {
    if (!Files.isExecutable(daemon)) {
      return Optional.empty();
    }
    Path prefix = real(daemon).getParent().getParent();
    return Stream.of("share", "share/mysql", "share/mariadb")
        .map(prefix::resolve)
        .filter(share -> Files.isReadable(script(share, SYSTEM_TABLES.get(0))))
        .findFirst()
        .map(share -> new Installation(real(daemon), share));
  }

  /** The first complete installation on the search path of the machine. */
  static Optional<Installation> onPath(String searchPath) {
    return Stream.concat(Stream.of(searchPath.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory).resolve("mariadbd"))
        .flatMap(daemon -> around(daemon).stream())
        .findFirst();
  }

  /** A script of the system tables, under its name of today or of the times of MySQL. */
  static Path script(Path share, String name) {
    Path file = share.resolve(name);
    return Files.exists(file) ? file : share.resolve(name.replace("mariadb_", "mysql_"));
  }

  private static Path real(Path daemon) {
    try {
      return daemon.toRealPath();
    } catch (IOException e) {
      return daemon.toAbsolutePath();
    }
  }
}

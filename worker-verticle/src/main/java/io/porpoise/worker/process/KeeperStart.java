package io.porpoise.worker.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the keeper of a data directory, or starts one. Does file I/O. */
final class KeeperStart {
  private static final List<String> HANDED_ON =
      List.of("PATH", "HOME", "LANG", "USER", "LOGNAME", "TMPDIR");

  /** Makes its forks cheaper; it does not hand them on. */
  private static final Map<String, String> FOR_THE_KEEPER =
      Map.of("LC_ALL", "C", "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0");

  private final Path directory;
  private final Path pidFile;
  private final Path errors;

  /**
   * @param directory the keeper's own, in the worker's data directory
   */
  KeeperStart(Path directory) {
    this.directory = directory;
    pidFile = directory.resolve("pid");
    errors = directory.resolve("errors");
  }

  Optional<KeeperId> findAlive() {
    return KeeperId.findAlive(pidFile);
  }

  /** Starts a new one; it is ready when {@link #findAlive} finds it. */
  Process start() throws IOException {
    Files.deleteIfExists(pidFile);
    ProcessBuilder builder =
        new ProcessBuilder(command(install()))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(new File("/dev/null"))
            .redirectError(errors.toFile())
            .directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    return builder.start();
  }

  /** What the last one that was started has complained of. */
  String complaint() throws IOException {
    return Files.readString(errors).strip();
  }

  private List<String> command(Path script) {
    List<String> command = new ArrayList<>();
    // A session of its own, so that what a terminal or a supervisor does to the JVM's does not
    // reach it. A Java child leads no group, so setsid needs no process of its own.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.add("bash");
    command.add(script.toString());
    command.add(directory.getParent().toString());
    return command;
  }

  /** Nothing of the server's own environment reaches the tasks but this: it may hold secrets. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    HANDED_ON.forEach(
        name -> {
          String value = System.getenv(name);
          if (value != null) {
            environment.put(name, value);
          }
        });
    environment.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.putIfAbsent("HOME", System.getProperty("user.home"));
    environment.putIfAbsent("USER", System.getProperty("user.name"));
    environment.putIfAbsent("TMPDIR", "/tmp");
    environment.put("SHELL", "/bin/bash");
    environment.putAll(FOR_THE_KEEPER);
    return environment;
  }

  /** A new file each time: a running shell still reads from the old one. */
  private Path install() throws IOException {
    Path script = directory.resolve("keeper.sh");
    Path fresh = directory.resolve("keeper.sh.new");
    try (InputStream in = KeeperStart.class.getResourceAsStream("keeper.sh")) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
    return script;
  }
}

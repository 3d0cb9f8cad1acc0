package io.porpoise.standalone.mariadb;

import io.porpoise.node.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A database process that outlived the Porpoise that had started it. */
final class Orphan {
  private Orphan() {}

  /**
   * The process named by the pid file, if it is alive and really serves these tables: after a
   * reboot the number may be anybody's.
   */
  static Optional<ProcessHandle> find(Path tables, String mark) throws IOException {
    return DurableFile.read(tables.resolve(DaemonArguments.PID_FILE))
        .filter(text -> text.matches("\\d{1,10}"))
        .flatMap(text -> ProcessHandle.of(Long.parseLong(text)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> command(process).contains(mark));
  }

  /** How it was called; empty when the system does not tell. */
  static List<String> command(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return List.of(Files.readString(file).split("\0"));
    } catch (IOException e) {
      return process
          .info()
          .arguments()
          .map(
              arguments -> {
                List<String> whole = new java.util.ArrayList<>(List.of(arguments));
                whole.add(0, process.info().command().orElse(""));
                return List.copyOf(whole);
              })
          .orElse(List.of());
    }
  }
}

package io.porpoise.chaos.check;

import io.porpoise.processes.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What is still there, or in disorder, when everything has ended: processes of attempts, attempt
 * directories that nobody has acknowledged, rows, slots, entries in ZooKeeper.
 */
final class LeftOvers {
  private static final long LOOK_MILLIS = 250;
  private static final int DEPTH = 4;

  private final Deployment deployment;

  LeftOvers(Deployment deployment) {
    this.deployment = deployment;
  }

  /** One sentence each; waits for as long as there are any. */
  List<String> await(String project, int instances, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (DatabaseTraces database = new DatabaseTraces(deployment);
        ZooKeeperTraces zookeeper = new ZooKeeperTraces(deployment)) {
      while (true) {
        List<String> found = new ArrayList<>(processes());
        found.addAll(directories());
        List<String> masters = zookeeper.present("master");
        found.addAll(zookeeper.disorder());
        found.addAll(database.disorder(project, instances, masters));
        if (found.isEmpty() || System.nanoTime() > deadline) {
          return found;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private List<String> processes() {
    String mark = "PORPOISE_ATTEMPT=" + real(deployment.directory());
    List<String> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(
            process -> {
              for (String variable : environment(process)) {
                if (variable.startsWith(mark)) {
                  found.add("process " + process.pid() + " of " + variable);
                }
              }
            });
    return found;
  }

  private List<String> directories() {
    List<String> found = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(deployment.directory(), DEPTH, new FileVisitOption[0])) {
      folders
          .filter(folder -> folder.endsWith("attempts"))
          .forEach(attempts -> unacknowledged(attempts, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static void unacknowledged(Path attempts, List<String> found) {
    try (Stream<Path> left = Files.list(attempts)) {
      left.forEach(directory -> found.add("an attempt without acknowledgement: " + directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] environment(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc/" + process.pid() + "/environ"),
              java.nio.charset.StandardCharsets.ISO_8859_1)
          .split("\0");
    } catch (IOException e) {
      return new String[0]; // it has ended, or is nobody's business
    }
  }
}

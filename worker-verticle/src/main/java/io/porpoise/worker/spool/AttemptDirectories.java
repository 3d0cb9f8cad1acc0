package io.porpoise.worker.spool;

import io.porpoise.instance.TaskInstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the attempts' files are.
 *
 * <pre>
 * attempts/ID/           held: attempt ({@link AttemptFile}), script, log, work/
 * released/ID:1000/ID/   acknowledged: the same, removed after a while
 * keeper/                the keeper's own
 * </pre>
 */
public final class AttemptDirectories {
  private static final Logger log = LoggerFactory.getLogger(AttemptDirectories.class);
  private static final long BUCKET = 1_000;

  private final Path root;

  private AttemptDirectories(Path root) {
    this.root = root;
  }

  /** Opens the worker's data directory, made if need be; only its owner can look into it. */
  public static AttemptDirectories open(Path data) {
    try {
      Files.createDirectories(data.resolve("attempts"));
      Files.createDirectories(data.resolve("released"));
      Files.createDirectories(data.resolve("keeper"));
      Files.setPosixFilePermissions(
          data,
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
      return new AttemptDirectories(data.toRealPath());
    } catch (IOException e) {
      throw new SpoolUnavailable(
          "the worker's data directory " + data + " cannot be used: " + e, e);
    }
  }

  public Path root() {
    return root;
  }

  public Path keeper() {
    return root.resolve("keeper");
  }

  public Path attempts() {
    return root.resolve("attempts");
  }

  public Path of(TaskInstanceId id) {
    return attempts().resolve(id.toString());
  }

  public Path released() {
    return root.resolve("released");
  }

  public Path released(TaskInstanceId id) {
    return released().resolve(Long.toString(id.value() / BUCKET)).resolve(id.toString());
  }

  /** What the keeper has written about an attempt. */
  public ProcessRecord record(TaskInstanceId id) throws IOException {
    return ProcessRecord.read(of(id).resolve(AttemptFile.NAME));
  }

  /** Removes a directory with all that is in it; what cannot be removed is logged. */
  static void remove(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      log.atWarn().addKeyValue("directory", directory).setCause(e).log("Directory not removed");
    }
  }
}

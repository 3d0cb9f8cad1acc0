package io.porpoise.worker.spool;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.instance.TaskInstanceId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of attempts that are acknowledged, which are kept for a while. Does file I/O.
 *
 * <p>When one was released is its ctime: moving it sets that. A sweep looks only into the buckets
 * in which something is old enough, so that it costs no more when much is kept; all are looked into
 * once in the life of a process.
 */
final class ReleasedAttempts {
  private static final Logger log = LoggerFactory.getLogger(ReleasedAttempts.class);
  private static final String RELEASED_AT = "unix:ctime";

  private final AttemptDirectories directories;

  /** Nothing in the bucket was released before that. */
  private final Map<Path, Instant> oldest = new HashMap<>();

  ReleasedAttempts(AttemptDirectories directories) {
    this.directories = directories;
  }

  void add(TaskInstanceId id) throws IOException {
    Path to = directories.released(id);
    try {
      Files.move(directories.of(id), to);
    } catch (NoSuchFileException e) {
      Files.createDirectories(to.getParent()); // the first of its bucket
      Files.move(directories.of(id), to);
    }
  }

  /**
   * Removes what was released before that.
   *
   * @return how many buckets were looked into
   */
  @CanIgnoreReturnValue
  synchronized int sweep(Instant before) throws IOException {
    int looks = 0;
    Set<Path> present = new HashSet<>();
    try (DirectoryStream<Path> buckets = Files.newDirectoryStream(directories.released())) {
      for (Path bucket : buckets) {
        present.add(bucket);
        Instant known = oldest.get(bucket);
        if (known == null || known.isBefore(before)) {
          oldest.put(bucket, removeOld(bucket, before));
          looks++;
        }
      }
    }
    oldest.keySet().retainAll(present);
    return looks;
  }

  /** When the oldest of those that are left was released, as far as is known. */
  private static Instant removeOld(Path bucket, Instant before) throws IOException {
    Instant oldestLeft = Instant.MAX;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(bucket)) {
      for (Path directory : all) {
        Instant releasedAt = ((FileTime) Files.getAttribute(directory, RELEASED_AT)).toInstant();
        if (releasedAt.isBefore(before)) {
          AttemptDirectories.remove(directory);
        } else if (releasedAt.isBefore(oldestLeft)) {
          oldestLeft = releasedAt;
        }
      }
    }
    if (!oldestLeft.equals(Instant.MAX)) {
      return oldestLeft;
    }
    try {
      Files.deleteIfExists(bucket);
    } catch (DirectoryNotEmptyException e) {
      log.atDebug().log("{} is in use again", bucket);
    }
    return before;
  }
}

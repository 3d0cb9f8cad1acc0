package io.porpoise.worker.log;

import io.porpoise.bus.message.LogChunk;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.pool.Offload;
import io.porpoise.worker.spool.AttemptDirectories;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Logs in the attempts' directories. A read opens, reads and closes; nothing is kept open. */
public final class TailedLogs implements LogFiles, AutoCloseable {
  private final AttemptDirectories directories;
  private final Offload files;
  private final GrowthWatch watch;

  public TailedLogs(AttemptDirectories directories, Offload files, GrowthWatch watch) {
    this.directories = directories;
    this.files = files;
    this.watch = watch;
  }

  @Override
  public Single<LogChunk> read(TaskInstanceId id, long offset, int maxBytes) {
    return files.call(() -> readNow(id, offset, maxBytes));
  }

  @Override
  public Disposable onGrowth(TaskInstanceId id, Runnable listener) {
    return watch.onGrowth(directories.of(id), listener);
  }

  @Override
  public void close() {
    watch.close();
  }

  private LogChunk readNow(TaskInstanceId id, long offset, int maxBytes) throws IOException {
    Path log = directories.of(id).resolve("log");
    if (!Files.exists(log)) {
      log = directories.released(id).resolve("log");
    }
    if (!Files.exists(log)) {
      return LogChunk.NOT_FOUND;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long size = file.length();
      int wanted = (int) Math.max(0, Math.min(maxBytes, size - offset));
      byte[] bytes = new byte[wanted];
      int read = 0;
      file.seek(Math.min(offset, size));
      while (read < wanted) {
        int n = file.read(bytes, read, wanted - read);
        if (n < 0) {
          break; // somebody has cut the file short
        }
        read += n;
      }
      return new LogChunk(
          true, offset, size, false, read == wanted ? bytes : Arrays.copyOf(bytes, read));
    }
  }
}

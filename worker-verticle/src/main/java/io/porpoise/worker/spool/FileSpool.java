package io.porpoise.worker.spool;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.porpoise.worker.pool.Offload;
import io.porpoise.worker.task.Launch;
import io.porpoise.worker.task.TaskType;
import io.porpoise.worker.task.TaskTypes;
import io.porpoise.worker.task.UnusableTask;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spool on a local file system. */
public final class FileSpool implements Spool {
  private static final Logger log = LoggerFactory.getLogger(FileSpool.class);
  private static final Pattern ID = Pattern.compile("[0-9]{1,19}");

  private final AttemptDirectories directories;
  private final TaskTypes types;
  private final Clock clock;
  private final Offload files;
  private final GrowingOutputs outputs;
  private final ReleasedAttempts released;
  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /**
   * @param reads where the logs of attempts are read for outputs, which may take all its threads
   * @param growth calls back when the log of an attempt may have grown, until it is disposed
   */
  public FileSpool(
      AttemptDirectories directories,
      TaskTypes types,
      Clock clock,
      Offload files,
      Offload reads,
      BiFunction<TaskInstanceId, Runnable, Disposable> growth) {
    this.directories = directories;
    this.types = types;
    this.clock = clock;
    this.files = files;
    released = new ReleasedAttempts(directories);
    outputs = new GrowingOutputs(directories, clock, reads, growth);
  }

  @Override
  public Single<Boolean> create(Attempt attempt) {
    return files.call(() -> make(attempt));
  }

  @Override
  public Single<List<Attempt>> unreleased() {
    return files.call(this::readAll);
  }

  @Override
  public void follow(TaskInstanceId id, Collection<String> names) {
    outputs.follow(id, names);
  }

  @Override
  public Single<Outputs> outputs(TaskInstanceId id, Collection<String> names) {
    return Single.defer(() -> outputs.outputs(id, names));
  }

  @Override
  public void unfollow(TaskInstanceId id) {
    outputs.forget(id);
  }

  @Override
  public Completable release(TaskInstanceId id) {
    return files.run(() -> released.add(id));
  }

  @Override
  public Completable sweep(Duration ttl) {
    return files.run(() -> released.sweep(clock.now().minus(ttl)));
  }

  private boolean make(Attempt attempt) {
    Path directory = directories.of(attempt.id());
    try {
      if (Files.exists(directories.released(attempt.id()))) {
        return false;
      }
      Files.createDirectory(directory); // the test that an id is started at most once
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new SpoolUnavailable("the attempt's directory cannot be made: " + e, e);
    }
    try {
      fill(directory, attempt);
      return true;
    } catch (IOException e) {
      AttemptDirectories.remove(directory);
      throw new SpoolUnavailable("the attempt's directory cannot be filled: " + e, e);
    }
  }

  private void fill(Path directory, Attempt attempt) throws IOException {
    Files.createDirectory(directory.resolve("work"));
    byte[] asked = json.writeValueAsBytes(attempt);
    Launch launch;
    try {
      launch = prepare(attempt, directory);
    } catch (UnusableTask e) {
      write(directory, "exit 126\n", asked); // it is kept nevertheless
      throw e;
    }
    for (Map.Entry<String, String> file : launch.files().entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    write(directory, LaunchFile.text(attempt.id().toString(), launch), asked);
  }

  private Launch prepare(Attempt attempt, Path directory) {
    TaskType type =
        types
            .find(attempt.dispatch().taskType())
            .orElseThrow(
                () -> new UnusableTask(new Reason("UNKNOWN_TASK_TYPE", "unknown task type")));
    return type.prepare(attempt.dispatch(), directory);
  }

  private static void write(Path directory, String launch, byte[] asked) throws IOException {
    Files.write(directory.resolve(AttemptFile.NAME), AttemptFile.bytes(launch, asked));
  }

  private List<Attempt> readAll() throws IOException {
    List<Attempt> all = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directories.attempts())) {
      for (Path directory : found) {
        if (ID.matcher(directory.getFileName().toString()).matches()) {
          read(directory, all);
        }
      }
    }
    all.sort(Comparator.comparing(Attempt::id));
    return all;
  }

  private void read(Path directory, List<Attempt> into) {
    try {
      into.add(
          json.readValue(AttemptFile.json(directory.resolve(AttemptFile.NAME)), Attempt.class));
    } catch (IOException e) {
      // The worker died while it made the directory: it has not promised or started anything yet.
      log.atInfo().addKeyValue("directory", directory).log("Unfinished attempt directory removed");
      AttemptDirectories.remove(directory);
    }
  }
}

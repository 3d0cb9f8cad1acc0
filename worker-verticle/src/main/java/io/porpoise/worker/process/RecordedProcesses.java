package io.porpoise.worker.process;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.spool.AttemptDirectories;
import io.porpoise.worker.spool.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What keepers have written down about processes, as events. Does file I/O. */
final class RecordedProcesses {
  private static final Reason NOT_STARTED =
      new Reason("NOT_STARTED", "the worker was stopped before it could start it");

  private final AttemptDirectories directories;

  RecordedProcesses(AttemptDirectories directories) {
    this.directories = directories;
  }

  /**
   * How attempts stand whose processes nobody has followed; what another keeper started is killed.
   */
  List<ProcessEvent> lookAt(List<TaskInstanceId> ids, Keeper present) throws IOException {
    List<ProcessEvent> events = new ArrayList<>();
    long now = ProcFiles.uptime();
    for (TaskInstanceId id : ids) {
      ProcessRecord record = directories.record(id);
      if (record.started() == null) {
        record = neverToStart(id);
      }
      ProcessRecord.Started started = record.started();
      if (record.exited() != null) {
        events.add(exited(id, record));
      } else if (started == null) {
        events.add(new ProcessEvent.Vanished(id, NOT_STARTED));
      } else if (started.keeper().equals(present.id().toString())) {
        events.add(new ProcessEvent.Started(id, ProcFiles.hundredths(now - started.uptime())));
      } else {
        present.say("D " + id + " " + started.pid() + " " + started.uptime()); // answered by G
      }
    }
    return events;
  }

  /**
   * Makes sure that an attempt without a process never gets one. The child looks for the file after
   * it has written its state, so one of the two sees the other.
   */
  private ProcessRecord neverToStart(TaskInstanceId id) throws IOException {
    Path over = directories.of(id).resolve("over");
    if (!Files.exists(over)) {
      Files.createFile(over);
    }
    return directories.record(id);
  }

  private static ProcessEvent.Exited exited(TaskInstanceId id, ProcessRecord record) {
    long startUptime =
        record.started() == null ? record.exited().uptime() : record.started().uptime();
    return new ProcessEvent.Exited(
        id,
        record.exited().status(),
        record.exited().killed(),
        ProcFiles.hundredths(record.exited().uptime() - startUptime));
  }

  /** How attempts stand that the present keeper watches. */
  List<ProcessEvent> lookAgain(List<TaskInstanceId> ids) throws IOException {
    List<ProcessEvent> events = new ArrayList<>();
    long now = ProcFiles.uptime();
    for (TaskInstanceId id : ids) {
      ProcessRecord record = directories.record(id);
      if (record.exited() != null) {
        events.add(exited(id, record));
      } else if (record.started() != null) {
        events.add(
            new ProcessEvent.Started(id, ProcFiles.hundredths(now - record.started().uptime())));
      }
    }
    return events;
  }
}

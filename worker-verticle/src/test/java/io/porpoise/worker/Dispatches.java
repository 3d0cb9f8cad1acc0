package io.porpoise.worker;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.worker.spool.Attempt;
import java.util.List;
import java.util.Map;

/** Dispatches of shell tasks for tests. */
public final class Dispatches {
  public static final String OWNER = "porpoise.master.m1.1.shard.0";

  private Dispatches() {}

  public static Dispatch shell(long id, String command, String... outputs) {
    return shell(id, command, 1, outputs);
  }

  public static Dispatch shell(long id, String command, long epoch, String... outputs) {
    return new Dispatch(
        new TaskInstanceId(id),
        new WorkflowInstanceId(7),
        epoch,
        1,
        "SHELL",
        "task-" + id,
        Map.of("command", command),
        Map.of(),
        List.of(outputs),
        Map.of());
  }

  public static Attempt attempt(long id, String command, String... outputs) {
    return new Attempt(shell(id, command, outputs), OWNER);
  }
}

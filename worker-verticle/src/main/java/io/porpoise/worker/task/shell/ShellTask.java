package io.porpoise.worker.task.shell;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.instance.Reason;
import io.porpoise.worker.task.Launch;
import io.porpoise.worker.task.TaskEnvironment;
import io.porpoise.worker.task.TaskType;
import io.porpoise.worker.task.UnusableTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@code command} as a script. */
public final class ShellTask implements TaskType {
  private static final String SCRIPT = "script";

  private final String shell;

  /**
   * @param shell the program that runs the scripts
   */
  public ShellTask(String shell) {
    this.shell = shell;
  }

  @Override
  public String name() {
    return "SHELL";
  }

  @Override
  public Launch prepare(Dispatch dispatch, Path directory) {
    if (!(dispatch.taskParams().get("command") instanceof String command)) {
      throw new UnusableTask(
          new Reason(
              "UNUSABLE_TASK", "task " + dispatch.name() + ": a shell task needs a command"));
    }
    String script = command.endsWith("\n") ? command : command + "\n";
    return new Launch(
        Map.of(SCRIPT, script),
        List.of(shell, directory.resolve(SCRIPT).toString()),
        TaskEnvironment.of(dispatch));
  }
}

package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.TaskInstanceId;
import java.util.List;

/**
 * What the owner says to reports. Of those that stand in none of the lists it has not decided
 * anything, because too much waits for the database: keep them and ask again.
 *
 * @param acknowledged durable, or known to be of no more interest: an ended attempt may be
 *     forgotten
 * @param notMine the slot is not (or not yet, or no longer) this owner's: keep it and ask again
 * @param unwanted known to be none of the instance's attempts: kill it if it runs, then forget it
 */
public record ReportAnswers(
    List<TaskInstanceId> acknowledged, List<TaskInstanceId> notMine, List<TaskInstanceId> unwanted)
    implements Message {
  public static final ReportAnswers NOTHING_DECIDED =
      new ReportAnswers(List.of(), List.of(), List.of());
}

package io.porpoise.worker.report;

import io.porpoise.bus.message.AttemptReport;
import io.porpoise.instance.TaskInstanceId;

/** Where the reports come from, and whom the answers concern. */
public interface PictureSource {
  /** How the attempt stands now; null when there is nothing to tell of it. */
  AttemptReport picture(TaskInstanceId id);

  /** Its end is durable at the owner. */
  void acknowledged(TaskInstanceId id);

  /** The owner knows it to be none of its attempts. */
  void unwanted(TaskInstanceId id);
}

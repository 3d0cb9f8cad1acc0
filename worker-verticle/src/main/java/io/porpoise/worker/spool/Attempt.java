package io.porpoise.worker.spool;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.instance.TaskInstanceId;

/** One attempt as the spool keeps it: what was asked, and by whom. */
public record Attempt(Dispatch dispatch, String ownerAddress) {
  public TaskInstanceId id() {
    return dispatch.taskInstance();
  }

  public int slot() {
    return dispatch.slot();
  }
}

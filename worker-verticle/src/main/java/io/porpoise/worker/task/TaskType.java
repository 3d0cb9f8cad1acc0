package io.porpoise.worker.task;

import io.porpoise.bus.message.Dispatch;
import java.nio.file.Path;

/**
 * One kind of task. Adding one: implement this, name it in {@link TaskTypes}, document its keys.
 */
public interface TaskType {
  /** Upper case, as in a dispatch. */
  String name();

  /**
   * What is to be run for a dispatch.
   *
   * @param directory of the attempt; the files of the launch will be there
   * @throws UnusableTask when its parameters make no sense; the attempt then fails with that reason
   */
  Launch prepare(Dispatch dispatch, Path directory);
}

package io.porpoise.api.stream;

import io.porpoise.instance.TaskInstance;
import java.util.List;

/** Somebody who watches an instance. The picture is shared, and moves on after the call. */
interface Watcher {
  /** Everything, at first and whenever something may have been missed. */
  void snapshot(Picture picture);

  /** What is different since the last call. */
  void changed(Picture picture, List<TaskInstance> tasks);

  /** The instance has finished; nothing more will come. */
  void ended(Picture picture);

  /** There is no such instance; nothing more will come. */
  void missing();
}

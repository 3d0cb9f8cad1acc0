package io.porpoise.api.stream;

import io.porpoise.api.instance.InstanceLists.Row;
import java.util.List;

/** Somebody who shows many instances. */
interface FeedListener {
  /** Something has changed somewhere. */
  default void touched() {}

  /** Whether {@link #changed} is wanted; if nobody wants it nothing is read. */
  default boolean wantsRows() {
    return false;
  }

  /** These have changed, and are so now. */
  default void changed(List<Row> rows) {}

  /** Something may have been missed, or there was too much of it: look again. */
  default void missed() {}
}

package io.porpoise.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of one attempt of one task. A worker starts an id at most once, ever. */
public record TaskInstanceId(@JsonValue long value) implements Comparable<TaskInstanceId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskInstanceId {}

  @Override
  public int compareTo(TaskInstanceId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

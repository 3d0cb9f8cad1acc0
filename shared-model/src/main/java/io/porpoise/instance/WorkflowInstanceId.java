package io.porpoise.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.porpoise.cluster.Slot;

/** The id of one run of a workflow. */
public record WorkflowInstanceId(@JsonValue long value) implements Comparable<WorkflowInstanceId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WorkflowInstanceId {}

  public int slot() {
    return Slot.of(value);
  }

  @Override
  public int compareTo(WorkflowInstanceId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

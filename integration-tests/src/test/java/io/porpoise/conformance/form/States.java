package io.porpoise.conformance.form;

import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import java.util.Arrays;
import java.util.List;

/** The names of states, so that a slip of the pen is no case that waits for ever. */
final class States {
  /** Of a task that has no instance. */
  static final String NONE = "none";

  private States() {}

  static void check(Item at, Subject subject, String state) {
    Enum<?>[] known = subject.task() == null ? WorkflowState.values() : TaskState.values();
    List<String> names = Arrays.stream(known).map(Enum::name).toList();
    if (!names.contains(state)) {
      throw at.bad("there is no state '%s' of %s; allowed: %s", state, subject, names);
    }
  }
}

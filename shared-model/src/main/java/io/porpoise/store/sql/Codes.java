package io.porpoise.store.sql;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The numbers that stand for enum constants in the tables. They are written out and never follow
 * from the order of the constants. Those of the states are Apache DolphinScheduler's
 * (SEMANTICS.md).
 */
final class Codes {
  private static final Map<Integer, WorkflowState> WORKFLOW_STATES =
      inverse(WorkflowState.values(), Codes::of);
  private static final Map<Integer, TaskState> TASK_STATES = inverse(TaskState.values(), Codes::of);
  private static final Map<Integer, KillCause> KILL_CAUSES = inverse(KillCause.values(), Codes::of);
  private static final Map<Integer, Command.Type> COMMAND_TYPES =
      inverse(Command.Type.values(), Codes::of);
  private static final Map<Integer, Reopening> REOPENINGS = inverse(Reopening.values(), Codes::of);
  private static final Map<Integer, ExecutionType> EXECUTION_TYPES =
      inverse(ExecutionType.values(), Codes::of);
  private static final Map<Integer, ReleaseState> RELEASE_STATES =
      inverse(ReleaseState.values(), Codes::of);

  private Codes() {}

  static int of(WorkflowState state) {
    return switch (state) {
      case SUBMITTED -> 0;
      case RUNNING -> 1;
      case PAUSING -> 2;
      case PAUSED -> 3;
      case STOPPING -> 4;
      case STOPPED -> 5;
      case FAILED -> 6;
      case SUCCEEDED -> 7;
      case SERIAL_WAIT -> 14;
    };
  }

  static int of(TaskState state) {
    return switch (state) {
      case SUBMITTED -> 0;
      case RUNNING -> 1;
      case PAUSED -> 3;
      case FAILED -> 6;
      case SUCCEEDED -> 7;
      case LOST -> 8;
      case KILLED -> 9;
      case DELAYED -> 12;
      case FORCED_SUCCESS -> 13;
      case DISPATCHED -> 17;
    };
  }

  static int of(KillCause cause) {
    return switch (cause) {
      case STOP -> 1;
      case USER -> 2;
      case TIMEOUT -> 3;
      case FAILURE_STRATEGY -> 4;
    };
  }

  static int of(Command.Type type) {
    return switch (type) {
      case STOP -> 1;
      case PAUSE -> 2;
      case RESUME -> 3;
      case RERUN -> 4;
      case RECOVER_FAILED -> 5;
      case KILL_TASK -> 6;
      case FORCE_SUCCESS -> 7;
    };
  }

  static int of(Reopening how) {
    return switch (how) {
      case RESUME -> 1;
      case RECOVER_FAILED -> 2;
      case RERUN -> 3;
    };
  }

  static int of(ReleaseState state) {
    return switch (state) {
      case OFFLINE -> 0;
      case ONLINE -> 1;
    };
  }

  static int of(ExecutionType type) {
    return switch (type) {
      case PARALLEL -> 0;
      case SERIAL_WAIT -> 1;
      case SERIAL_DISCARD -> 2;
      case SERIAL_PRIORITY -> 3;
    };
  }

  static int of(IdBlocks.Sequence sequence) {
    return switch (sequence) {
      case WORKFLOW_INSTANCE -> 1;
      case TASK_INSTANCE -> 2;
    };
  }

  static WorkflowState workflowState(int code) {
    return known(WORKFLOW_STATES, code);
  }

  static TaskState taskState(int code) {
    return known(TASK_STATES, code);
  }

  static KillCause killCause(Integer code) {
    return code == null ? null : known(KILL_CAUSES, code);
  }

  static Reopening reopening(Integer code) {
    return code == null ? null : known(REOPENINGS, code);
  }

  static Command.Type commandType(int code) {
    return known(COMMAND_TYPES, code);
  }

  static ReleaseState releaseState(int code) {
    return known(RELEASE_STATES, code);
  }

  static ExecutionType executionType(int code) {
    return known(EXECUTION_TYPES, code);
  }

  private static <E extends Enum<E>> Map<Integer, E> inverse(E[] values, ToIntFunction<E> code) {
    Map<Integer, E> inverse = new HashMap<>();
    for (E value : values) {
      inverse.put(code.applyAsInt(value), value);
    }
    return inverse;
  }

  private static <E> E known(Map<Integer, E> inverse, int code) {
    E value = inverse.get(code);
    if (value == null) {
      throw new IllegalStateException(
          "code " + code + " in the database is not one of " + inverse.keySet());
    }
    return value;
  }
}

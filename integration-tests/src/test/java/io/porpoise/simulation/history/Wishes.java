package io.porpoise.simulation.history;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Priority;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.store.Command;
import io.porpoise.store.TaskGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What the users of a history want: starts, and what they do to what they have started. */
final class Wishes {
  private static final int STARTS_MAX = 8;
  private static final int REOPENINGS_MAX = 3;

  private final SimDatabase database;
  private final SplittableRandom random;
  private final Users users;
  private final Map<Long, WorkflowDefinition> definitions;
  private final Set<Feature> features;

  Wishes(
      Surroundings around,
      Users users,
      Map<Long, WorkflowDefinition> definitions,
      Set<Feature> features) {
    database = around.database();
    random = around.world().split();
    this.users = users;
    this.definitions = definitions;
    this.features = features;
  }

  void plan(Duration time) {
    for (int i = 0, starts = random.nextInt(1, STARTS_MAX + 1); i < starts; i++) {
      long workflow = random.nextLong(1, definitions.size() + 1);
      WorkflowDefinition definition = definitions.get(workflow);
      StartOptions options = options(definition);
      users.later(
          soon(time),
          () -> users.start(workflow, definition.executionType(), options, this::started));
    }
    if (features.contains(Feature.GROUPS) && happens(0.3)) {
      String name = RandomWorkflows.GROUPS.get(random.nextInt(RandomWorkflows.GROUPS.size()));
      TaskGroups.Group group = new TaskGroups.Group(name, random.nextInt(1, 4), "");
      users.later(soon(time), () -> users.resize(group));
    }
  }

  private StartOptions options(WorkflowDefinition definition) {
    if (!features.contains(Feature.START_OPTIONS) || happens(0.4)) {
      return StartOptions.NONE;
    }
    List<String> nodes = new ArrayList<>();
    if (happens(0.6)) {
      for (TaskDefinition task : definition.tasks()) {
        if (happens(0.3)) {
          nodes.add(task.name());
        }
      }
    }
    return new StartOptions(
        Map.of(),
        nodes,
        NodeScope.values()[random.nextInt(NodeScope.values().length)],
        happens(0.5)
            ? null
            : FailureStrategy.values()[random.nextInt(FailureStrategy.values().length)],
        happens(0.5) ? null : Priority.values()[random.nextInt(Priority.values().length)],
        null,
        null,
        happens(0.15),
        null,
        Map.of());
  }

  private void started(WorkflowInstanceId id) {
    if (happens(0.25)) {
      users.later(soon(Duration.ofSeconds(20)), () -> users.stop(familyOf(id)));
    }
    if (happens(0.2)) {
      users.later(soon(Duration.ofSeconds(10)), () -> killOne(familyOf(id)));
    }
    if (features.contains(Feature.REOPENINGS)) {
      if (happens(0.4)) {
        Duration later = soon(Duration.ofSeconds(20));
        users.later(later, () -> users.wish(familyOf(id), Command.Type.PAUSE, null));
      }
      reopen(id, random.nextInt(REOPENINGS_MAX + 1));
    }
  }

  private void reopen(WorkflowInstanceId id, int times) {
    if (times > 0) {
      users.whenFinished(
          id,
          soon(Duration.ofSeconds(10)),
          () -> {
            setGoing(familyOf(id));
            if (happens(0.3)) {
              users.later(soon(Duration.ofSeconds(10)), () -> again(familyOf(id)));
            }
            users.later(Duration.ofSeconds(1), () -> reopen(id, times - 1));
          });
    }
  }

  /** Whatever comes to mind, in whatever state it is. */
  private void again(WorkflowInstanceId id) {
    switch (random.nextInt(4)) {
      case 0 -> users.wish(id, Command.Type.PAUSE, null);
      case 1 -> users.stop(id);
      case 2 -> killOne(id);
      default -> setGoing(id);
    }
  }

  private void setGoing(WorkflowInstanceId id) {
    WorkflowInstance instance = database.instance(id).orElseThrow();
    if (happens(0.2)) {
      forceOne(id);
    }
    Command.Type wanted =
        switch (instance.state()) {
          case PAUSED -> Command.Type.RESUME;
          case STOPPED -> happens(0.5) ? Command.Type.RESUME : Command.Type.RECOVER_FAILED;
          case FAILED -> Command.Type.RECOVER_FAILED;
          case SUCCEEDED, SUBMITTED, SERIAL_WAIT, RUNNING, PAUSING, STOPPING -> Command.Type.RERUN;
        };
    users.wish(id, happens(0.2) ? Command.Type.RERUN : wanted, null);
  }

  private void forceOne(WorkflowInstanceId id) {
    for (TaskInstance task : database.tasks(id)) {
      boolean isBad = task.state() == TaskState.FAILED || task.state() == TaskState.KILLED;
      if (task.valid() && (isBad || happens(0.1))) {
        users.wish(id, Command.Type.FORCE_SUCCESS, task.id());
        return;
      }
    }
  }

  private void killOne(WorkflowInstanceId id) {
    List<TaskInstance> tasks = database.tasks(id);
    if (!tasks.isEmpty()) {
      users.wish(id, Command.Type.KILL_TASK, tasks.get(tasks.size() - 1).id());
    }
  }

  /** It, or now and then one of its children. */
  private WorkflowInstanceId familyOf(WorkflowInstanceId id) {
    if (features.contains(Feature.CHILDREN) && happens(0.3)) {
      for (WorkflowInstance instance : database.instances()) {
        if (instance.parent() != null && instance.parent().instance().equals(id)) {
          return familyOf(instance.id());
        }
      }
    }
    return id;
  }

  private Duration soon(Duration atMost) {
    return Duration.ofMillis(random.nextLong(atMost.toMillis()));
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}

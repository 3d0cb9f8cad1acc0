package io.porpoise.store;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Task groups: at most so many tasks of a group run at a time, over all workflows and masters.
 *
 * <p>An unfinished attempt with a claim has a row in the group's queue: it comes and goes in the
 * batches that write the attempt, so a slot cannot outlive who holds it. Who gets a free slot is
 * decided in a transaction that locks the group, whoever asks for it: by priority, larger first,
 * then by age.
 */
public interface TaskGroups {
  /** A group as people made it. */
  record Group(String name, int size, String description) {}

  /** An attempt that has got a slot. */
  record Grant(WorkflowInstanceId instance, TaskInstanceId task) {}

  /**
   * How a group stands.
   *
   * @param size -1: there is no such group
   * @param waiting in the order in which they get a slot
   */
  record Standing(String group, int size, int held, List<TaskInstanceId> waiting) {}

  /** Gives free slots to those whose turn it is; emits who got one by this call. */
  Single<List<Grant>> grant(String group);

  /** Those of the attempts that hold a slot. */
  Single<Set<TaskInstanceId>> holding(Collection<TaskInstanceId> tasks);

  Single<Standing> standing(String group);

  /** Groups by name. */
  Single<List<Group>> list();

  /** Makes a group, or gives it another size; emits whether it is new. */
  Single<Boolean> save(Group group);

  /** Emits whether there was one. Those that wait for it will fail. */
  Single<Boolean> delete(String name);
}

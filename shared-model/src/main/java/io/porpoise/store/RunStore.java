package io.porpoise.store;

import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a master reads. */
public interface RunStore {
  /** These instances, those that exist, by id; finished ones as well. */
  Single<List<StoredRun>> load(Collection<WorkflowInstanceId> ids);

  /**
   * Some of the unfinished instances of these slots, by slot and id, for a take-over; of the slot
   * of {@code after} only those above it.
   *
   * @param limit instances at most
   * @param tasksMax valid tasks of them together at most, but for an instance that alone has more
   */
  Single<IdPage> nextUnfinished(
      Collection<Integer> slots, WorkflowInstanceId after, int limit, int tasksMax);

  /**
   * Some ids.
   *
   * @param isLast whether there are no more
   */
  record IdPage(List<WorkflowInstanceId> ids, boolean isLast) {}

  /**
   * Which unfinished instances these slots have, in short: what the sweep compares with memory.
   * Slots without any are left out.
   */
  Single<List<SlotSum>> unfinishedSums(Collection<Integer> slots);

  /**
   * The unfinished instances of a slot.
   *
   * @param count how many
   * @param idsXor their ids, joined by exclusive or
   */
  record SlotSum(int slot, int count, long idsXor) {}

  /**
   * Ids of unfinished instances of these slots, by slot and id, of the slot of {@code after} only
   * those above it.
   */
  Single<List<WorkflowInstanceId>> unfinishedIds(
      Collection<Integer> slots, WorkflowInstanceId after, int limit);

  /** The rows of these instances alone, those that exist, by id. */
  Single<List<WorkflowInstance>> instances(Collection<WorkflowInstanceId> ids);

  /** Waiting commands of these slots, by id, at most {@code limit}. */
  Single<List<Command>> commands(Collection<Integer> slots, int limit);

  /** Waiting commands of these instances, by id. */
  Single<List<Command>> commandsOf(Collection<WorkflowInstanceId> ids);

  /** What a start of a workflow by its name would start; empty when there is none. */
  Maybe<Startable> startable(String project, String workflow);

  /**
   * A workflow as it can be started.
   *
   * @param version the newest
   */
  record Startable(
      long projectId,
      long workflowId,
      int version,
      ReleaseState releaseState,
      ExecutionType executionType) {}

  /**
   * One version of a definition, with what goes with it. Immutable, so callers may keep it.
   *
   * <p>Fails with {@link java.util.NoSuchElementException} when there is none.
   */
  Single<VersionedDefinition> definition(long workflowId, int version);

  /**
   * A definition with its surroundings.
   *
   * @param taskCodes the stable code of every task, by name
   * @param zone of the base date, as the schedule says; null: the server's
   */
  record VersionedDefinition(
      long projectId,
      String projectName,
      long workflowId,
      int version,
      WorkflowDefinition definition,
      Map<String, Long> taskCodes,
      java.time.ZoneId zone) {}
}

package io.porpoise.api.instance;

import io.porpoise.api.http.Texts;
import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Slot;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.owner.SlotOwners;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Why unfinished things are where they are (SEMANTICS.md, section 8): exactly, from the owner's
 * memory, if it answers in a moment; else as far as the rows and the membership tell.
 */
public final class Reasons {
  private final Bus bus;
  private final SlotOwners owners;
  private final Duration timeout;

  /**
   * What owners said just now.
   *
   * @param isAsked whether they were asked at all, so that an absent reason means silence
   */
  public record Live(
      Map<WorkflowInstanceId, Reason> instances,
      Map<TaskInstanceId, Reason> tasks,
      boolean isAsked) {
    public static final Live NOTHING = new Live(Map.of(), Map.of(), false);
  }

  public Reasons(Bus bus, SlotOwners owners, Duration timeout) {
    this.bus = bus;
    this.owners = owners;
    this.timeout = timeout;
  }

  /** Asks the owners of those that are unfinished; who does not answer in time is left out. */
  public Single<Live> live(Collection<WorkflowInstance> instances) {
    Map<String, List<WorkflowInstanceId>> byAddress = new TreeMap<>();
    for (WorkflowInstance instance : instances) {
      if (!instance.isFinished()) {
        owners
            .addressOf(instance.slot())
            .ifPresent(
                address ->
                    byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(instance.id()));
      }
    }
    if (byAddress.isEmpty()) {
      return Single.just(Live.NOTHING);
    }
    return Flowable.fromIterable(byAddress.entrySet())
        .flatMapSingle(entry -> ask(entry.getKey(), entry.getValue()))
        .collect(() -> new Live(new HashMap<>(), new HashMap<>(), true), Reasons::add);
  }

  private Single<Explanations> ask(String address, List<WorkflowInstanceId> ids) {
    return bus.request(address, new Explain(ids), timeout)
        .cast(Explanations.class)
        .doOnSuccess(answer -> refreshIfAny(answer.notMine()))
        .onErrorReturn(
            error -> {
              if (error instanceof BusException) {
                refreshIfAny(ids);
                return new Explanations(List.of(), List.of());
              }
              throw new IllegalStateException("asking " + address, error);
            });
  }

  private void refreshIfAny(List<WorkflowInstanceId> strangers) {
    if (!strangers.isEmpty()) {
      owners.refresh();
    }
  }

  private static void add(Live live, Explanations explanations) {
    for (Explanations.Explanation explanation : explanations.explanations()) {
      if (explanation.reason() != null) {
        live.instances().put(explanation.instance(), explanation.reason());
      }
      explanation.tasks().forEach(task -> live.tasks().put(task.task(), task.reason()));
    }
  }

  /**
   * The state to show: FAILOVER while an instance that has begun has no living master, or one that
   * has still to read it.
   */
  public String shownState(WorkflowInstance instance, Live live) {
    WorkflowState state = instance.state();
    boolean hasBegun =
        state == WorkflowState.RUNNING
            || state == WorkflowState.PAUSING
            || state == WorkflowState.STOPPING;
    Reason said = live.instances().get(instance.id());
    boolean isLoading = said != null && said.code().equals(Explanations.LOADING);
    boolean isOrphan = owners.isKnown() && owners.ownerOf(instance.slot()).isEmpty();
    return hasBegun && (isLoading || isOrphan) ? "FAILOVER" : state.name();
  }

  /** The best reason that is known, or null when a finished instance needs none. */
  public Reason of(WorkflowInstance instance, Live live) {
    Reason said = live.instances().get(instance.id());
    if (said != null) {
      return said;
    }
    if (instance.isFinished()) {
      return instance.reason();
    }
    Optional<Member> owner = owners.ownerOf(instance.slot());
    if (owner.isEmpty()) {
      return owners.isAnyMasterAlive()
          ? new Reason(
              "MASTER_LOST",
              "no master owns slot " + instance.slot() + " of " + Slot.COUNT + "; one will take it")
          : new Reason("NO_MASTER", "no master is alive");
    }
    if (instance.reason() != null || !live.isAsked()) {
      return instance.reason();
    }
    String node = owner.get().id().node().value();
    return instance.state() == WorkflowState.SUBMITTED
        ? new Reason("WAITING_FOR_MASTER", "waiting for master " + node + " to take it up")
        : new Reason(
            "MASTER_SILENT",
            "its master " + node + " did not say within " + timeout.toMillis() + " ms");
  }

  /** The best reason that is known, or null when a finished attempt needs none. */
  public Reason of(TaskInstance task, Live live) {
    Reason said = live.tasks().get(task.id());
    if (said != null) {
      return said;
    }
    if (task.reason() != null) {
      return task.reason();
    }
    if (task.isRetryWaiting()) {
      return new Reason("RETRY_WAIT", "to be tried again at " + Texts.time(task.dueAt()));
    }
    return switch (task.state()) {
      case SUBMITTED ->
          new Reason("WAITING_FOR_WORKER", "waiting for a worker of group " + task.workerGroup());
      case DELAYED -> new Reason("DELAYED", "delayed until " + Texts.time(task.dueAt()));
      case DISPATCHED -> new Reason("DISPATCHED", "sent to worker " + task.worker());
      case RUNNING ->
          new Reason(
              "RUNNING", "running" + (task.worker() == null ? "" : " on worker " + task.worker()));
      case SUCCEEDED, FORCED_SUCCESS, FAILED, KILLED, PAUSED, LOST -> null;
    };
  }
}

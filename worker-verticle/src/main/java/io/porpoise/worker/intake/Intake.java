package io.porpoise.worker.intake;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchAnswers.Answer;
import io.porpoise.bus.message.DispatchAnswers.Outcome;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch;
import io.porpoise.bus.message.Reconcile;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.porpoise.worker.attempt.Acceptance;
import io.porpoise.worker.attempt.Attempts;
import io.porpoise.worker.owner.Lease;
import io.porpoise.worker.owner.SlotOwners;
import io.porpoise.worker.owner.SlotOwners.Standing;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.task.TaskTypes;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers what arrives at the worker's intake address. */
public final class Intake {
  private static final Reason KILLED_FIRST =
      new Reason("KILLED", "it was killed before its dispatch arrived");

  private static final Reason NO_LEASE =
      new Reason("NO_LEASE", "the worker has lost touch with the cluster");
  private static final Reason LEASE_LAPSED =
      new Reason("LEASE_LAPSED", "the worker had lost touch with the cluster since it was sent");

  private final Clock clock;
  private final SlotOwners owners;
  private final Lease lease;
  private final Attempts attempts;
  private final TaskTypes types;
  private final Capacity capacity;
  private final Runnable ownersChanged;
  private final Refusals refusals;

  /**
   * @param ownersChanged called when a slot has a new owner
   * @param refusalMemory how long a refusal is remembered
   */
  public Intake(
      Clock clock,
      SlotOwners owners,
      Lease lease,
      Attempts attempts,
      TaskTypes types,
      Capacity capacity,
      Runnable ownersChanged,
      Duration refusalMemory) {
    this.clock = clock;
    this.owners = owners;
    this.lease = lease;
    this.attempts = attempts;
    this.types = types;
    this.capacity = capacity;
    this.ownersChanged = ownersChanged;
    this.refusals = new Refusals(refusalMemory);
  }

  public Maybe<Message> handle(Message message) {
    if (message instanceof DispatchBatch batch) {
      return dispatch(batch);
    }
    if (message instanceof KillBatch batch) {
      return Maybe.just(kill(batch));
    }
    if (message instanceof Reconcile reconcile) {
      return Maybe.just(reconcile(reconcile));
    }
    return Maybe.error(
        new IllegalArgumentException(
            "a worker's intake does not know " + message.getClass().getSimpleName()));
  }

  private Maybe<Message> dispatch(DispatchBatch batch) {
    List<Single<Answer>> answers = new ArrayList<>(batch.dispatches().size());
    for (Dispatch dispatch : batch.dispatches()) {
      answers.add(answer(dispatch, batch));
    }
    return Single.concatEager(answers)
        .toList()
        .<Message>map(all -> new DispatchAnswers(all, lease.lapses()))
        .toMaybe();
  }

  private Single<Answer> answer(Dispatch dispatch, DispatchBatch batch) {
    TaskInstanceId id = dispatch.taskInstance();
    if (isStale(dispatch.slot(), dispatch.epoch(), batch.ownerAddress())) {
      return Single.just(answer(dispatch, Outcome.STALE_EPOCH, null));
    }
    if (attempts.holds(id)) {
      return attempts.acceptance(id).map(word -> answered(dispatch, word));
    }
    Reason refusal = refusals.find(id, dispatch.number());
    if (refusal == null) {
      refusal = reasonToRefuse(dispatch, batch.lapses(), batch.ownerAddress());
    }
    if (refusal != null) {
      return Single.just(refuse(dispatch, refusal));
    }
    return attempts
        .accept(new Attempt(dispatch, batch.ownerAddress()))
        .map(word -> answered(dispatch, word));
  }

  private Reason reasonToRefuse(Dispatch dispatch, long lapses, String ownerAddress) {
    // It may be old: it has waited in a socket while this process was frozen or cut off, and its
    // sender has given it up since.
    if (!lease.isHeld(dispatch.slot(), clock.monotonicNanos())) {
      return NO_LEASE;
    }
    if (lapses != lease.lapses()) {
      return LEASE_LAPSED;
    }
    if (types.find(dispatch.taskType()).isEmpty()) {
      return new Reason(
          "UNKNOWN_TASK_TYPE",
          "this worker does not know task type "
              + dispatch.taskType()
              + "; it knows "
              + types.names());
    }
    Reason full = capacity.refusing();
    if (full != null) {
      capacity.refused(ownerAddress);
    }
    return full;
  }

  private Answer answered(Dispatch dispatch, Acceptance word) {
    return word.isAccepted()
        ? answer(dispatch, Outcome.ACCEPTED, null)
        : refuse(dispatch, word.refusal());
  }

  private Answer refuse(Dispatch dispatch, Reason reason) {
    refusals.add(dispatch.taskInstance(), dispatch.number(), reason, clock.monotonicNanos());
    return answer(dispatch, Outcome.REFUSED, reason);
  }

  private static Answer answer(Dispatch dispatch, Outcome outcome, Reason reason) {
    return new Answer(dispatch.taskInstance(), dispatch.number(), outcome, reason);
  }

  private KillAnswers kill(KillBatch batch) {
    KillAnswers answers = new KillAnswers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (KillBatch.Kill kill : batch.kills()) {
      TaskInstanceId id = kill.taskInstance();
      if (isStale(kill.slot(), kill.epoch(), batch.ownerAddress())) {
        answers.staleEpoch().add(id);
      } else if (attempts.holds(id)) {
        answers.killing().add(id);
        attempts.kill(id, kill.graceMillis());
      } else {
        answers.neverStarted().add(id);
        refusals.add(id, Integer.MAX_VALUE, KILLED_FIRST, clock.monotonicNanos());
      }
    }
    return answers;
  }

  private Inventory reconcile(Reconcile reconcile) {
    Set<Integer> mine = new HashSet<>();
    List<Integer> stale = new ArrayList<>();
    boolean changed = false;
    for (Reconcile.SlotEpoch slot : reconcile.slots()) {
      Standing standing = owners.hear(slot.slot(), slot.epoch(), reconcile.ownerAddress());
      changed |= standing == Standing.NEW_OWNER;
      if (standing == Standing.STALE) {
        stale.add(slot.slot());
      } else {
        mine.add(slot.slot());
      }
    }
    if (changed) {
      ownersChanged.run();
    }
    return new Inventory(attempts.pictures(mine), stale, lease.lapses());
  }

  private boolean isStale(int slot, long epoch, String ownerAddress) {
    Standing standing = owners.hear(slot, epoch, ownerAddress);
    if (standing == Standing.NEW_OWNER) {
      ownersChanged.run();
    }
    return standing == Standing.STALE;
  }
}

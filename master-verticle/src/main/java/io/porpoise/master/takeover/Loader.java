package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterSettings;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.SlotSum;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Brings what is new into memory: instances and commands that somebody tells of, and those that a
 * slow sweep finds because a message was lost.
 */
public final class Loader {
  private static final WorkflowInstanceId FIRST = new WorkflowInstanceId(0);
  private static final int COMMANDS_MAX = 1000;

  private final Clock clock;
  private final RunStore store;
  private final MasterSettings settings;
  private final Residents residents;
  private final Entrance entrance;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Set<WorkflowInstanceId> toLookAt = new LinkedHashSet<>();

  /** Those to be looked at of which a command was seen, though they were not in memory. */
  private final Set<WorkflowInstanceId> commanded = new HashSet<>();

  private Disposable nextSweep = Disposable.disposed();
  private Disposable nextLook = Disposable.disposed();
  private boolean isLooking;
  private boolean isLookScheduled;

  public Loader(Clock clock, RunStore store, MasterSettings settings, Residents residents) {
    this.clock = clock;
    this.store = store;
    this.settings = settings;
    this.residents = residents;
    entrance = new Entrance(clock, store, residents);
  }

  /** Begins to sweep. */
  public void start() {
    nextSweep.dispose();
    nextSweep = clock.schedule(settings.sweepInterval(), this::sweep);
  }

  /** Sweeps now: slots have been gained, and what was said about them meanwhile was not heard. */
  public void sweepSoon() {
    nextSweep.dispose();
    nextSweep = clock.schedule(Duration.ZERO, this::sweep);
  }

  public void close() {
    running.dispose();
    nextSweep.dispose();
  }

  /** Somebody says that there is something new of these instances. */
  public void look(Collection<WorkflowInstanceId> ids) {
    toLookAt.addAll(ids);
    if (!isLookScheduled && !isLooking) {
      isLookScheduled = true;
      nextLook =
          clock.schedule(
              Duration.ZERO,
              () -> {
                isLookScheduled = false;
                lookNow();
              });
    }
  }

  private void lookNow() {
    if (toLookAt.isEmpty() || isLooking) {
      return;
    }
    List<WorkflowInstanceId> ids = toLookAt.stream().limit(settings.loadPageSize()).toList();
    ids.forEach(toLookAt::remove);
    isLooking = true;
    Map<Integer, Long> epochs = epochs(ids.stream().map(WorkflowInstanceId::slot).toList());
    List<WorkflowInstanceId> absent =
        ids.stream().filter(id -> residents.mayEnter(id) && !residents.isResident(id)).toList();
    Set<WorkflowInstanceId> readForCommands = new HashSet<>(absent);
    readForCommands.retainAll(commanded);
    ids.forEach(commanded::remove);
    long departures = residents.departures();
    Predicate<WorkflowInstanceId> hasBeenRead =
        id ->
            readForCommands.contains(id)
                && isAsBefore(id.slot(), epochs)
                && !residents.hasLeftSince(id, departures);
    entrance
        .load(absent, epochs)
        .andThen(Completable.defer(() -> commands(ids, hasBeenRead)))
        .subscribe(
            () -> looked(ids),
            failure -> {
              entrance.unanswered(failure); // the sweep repeats it
              looked(ids);
            },
            running);
  }

  private void looked(List<WorkflowInstanceId> ids) {
    isLooking = false;
    residents.looked(ids);
    lookNow();
  }

  /** A command may be for an instance that has finished, and so is not in memory. */
  private Completable commands(
      List<WorkflowInstanceId> ids, Predicate<WorkflowInstanceId> hasBeenRead) {
    List<WorkflowInstanceId> mine = ids.stream().filter(residents::mayEnter).toList();
    return mine.isEmpty()
        ? Completable.complete()
        : apply(
            mine.stream().map(WorkflowInstanceId::slot).toList(),
            store.commandsOf(mine),
            command -> apply(command, hasBeenRead.test(command.instance())));
  }

  /**
   * Its instance may have been inserted a moment ago, or have ended: its row tells.
   *
   * @param hasBeenRead whether the instance has been read for this command: if it is not in memory
   *     now, there is no such instance
   */
  private void apply(Command command, boolean hasBeenRead) {
    WorkflowInstanceId id = command.instance();
    if (residents.apply(command) || !residents.mayEnter(id)) {
      return; // who must not enter now is looked at when it may
    }
    if (hasBeenRead) {
      residents.refuse(command);
    } else {
      commanded.add(id);
      look(List.of(id));
    }
  }

  /**
   * Finds what a lost message would have told: instances that are not in memory, commands that are
   * not applied.
   */
  private void sweep() {
    List<Integer> slots = residents.readySlots();
    Completable swept =
        slots.isEmpty()
            ? Completable.complete()
            : absent(slots)
                .andThen(
                    apply(
                        slots,
                        store.commands(slots, COMMANDS_MAX),
                        command -> apply(command, false)));
    swept.subscribe(
        () -> {
          entrance.answered();
          start();
        },
        failure -> {
          entrance.unanswered(failure); // the next one repeats it
          start();
        },
        running);
  }

  /**
   * Commands of slots that were lost meanwhile are left out, also when the slots were gained again:
   * another owner may have applied them. Who gains a slot reads its commands anew.
   */
  private Completable apply(
      Collection<Integer> slots, Single<List<Command>> read, Consumer<Command> each) {
    return Completable.defer(
        () -> {
          Map<Integer, Long> epochs = epochs(slots);
          residents.readBegins();
          return read.flattenAsFlowable(commands -> commands)
              .filter(command -> isAsBefore(command.instance().slot(), epochs))
              .doOnNext(each::accept)
              .ignoreElements()
              .doFinally(residents::readEnds);
        });
  }

  private Map<Integer, Long> epochs(Collection<Integer> slots) {
    Map<Integer, Long> epochs = new HashMap<>();
    slots.forEach(slot -> epochs.put(slot, residents.epoch(slot)));
    return epochs;
  }

  private boolean isAsBefore(int slot, Map<Integer, Long> epochs) {
    return residents.epoch(slot) == epochs.get(slot);
  }

  /** Most slots hold just what memory does, which their sums tell; the others are read. */
  private Completable absent(List<Integer> slots) {
    return store
        .unfinishedSums(slots)
        .map(
            sums ->
                sums.stream().filter(sum -> !residents.hasJust(sum)).map(SlotSum::slot).toList())
        .flatMapCompletable(
            differing -> differing.isEmpty() ? Completable.complete() : absent(differing, FIRST));
  }

  private Completable absent(List<Integer> slots, WorkflowInstanceId after) {
    int limit = settings.loadPageSize();
    return store
        .unfinishedIds(slots, after, limit)
        .flatMapCompletable(
            ids -> {
              look(
                  ids.stream()
                      .filter(id -> residents.mayEnter(id) && !residents.isResident(id))
                      .toList());
              if (ids.size() < limit) {
                return Completable.complete();
              }
              WorkflowInstanceId last = ids.get(ids.size() - 1);
              return absent(slots.stream().filter(slot -> slot >= last.slot()).toList(), last);
            });
  }
}

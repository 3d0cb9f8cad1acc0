package io.porpoise.master.takeover;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.MasterSettings;
import io.porpoise.store.Command;
import io.porpoise.store.RunStore;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.StoredRun;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Brings instances and commands of a shard's slots into memory. */
public final class Loader {
  /** The memory that is filled. */
  public interface Residents {
    boolean isResident(WorkflowInstanceId id);

    /** Whether it may be taken in: its slot is owned, and it has not been set aside. */
    boolean mayEnter(WorkflowInstanceId id);

    /** Takes a run in, unless it is there; completes when its definition is there too. */
    Completable enter(StoredRun run);

    /** It cannot be loaded: it is set aside, so that it holds up nobody else. */
    void unreadable(WorkflowInstanceId id, String why);

    /** False when the command's instance must be looked at first. */
    boolean apply(Command command);

    List<Integer> readySlots();
  }

  private static final Logger log = LoggerFactory.getLogger(Loader.class);
  private static final WorkflowInstanceId FIRST = new WorkflowInstanceId(0);
  private static final int COMMANDS_MAX = 1000;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Clock clock;
  private final RunStore store;
  private final MasterSettings settings;
  private final Residents residents;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Set<WorkflowInstanceId> toLookAt = new LinkedHashSet<>();
  private Disposable nextSweep = Disposable.disposed();
  private Disposable nextLook = Disposable.disposed();
  private boolean isLooking;
  private boolean isLookScheduled;
  private boolean isUnanswered;

  public Loader(Clock clock, RunStore store, MasterSettings settings, Residents residents) {
    this.clock = clock;
    this.store = store;
    this.settings = settings;
    this.residents = residents;
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

  /**
   * Reads all unfinished instances of the slots, page by page; repeats what fails until it succeeds
   * or is disposed.
   */
  public Completable adopt(Collection<Integer> slots) {
    return page(List.copyOf(slots), FIRST);
  }

  private Completable page(List<Integer> slots, WorkflowInstanceId after) {
    int limit = settings.loadPageSize();
    return untilAnswered(Single.defer(() -> store.unfinishedIds(slots, after, limit)))
        .flatMapCompletable(
            ids -> {
              Completable loaded = untilAnswered(load(ids).toSingleDefault(ids)).ignoreElement();
              return ids.size() < limit
                  ? loaded
                  : loaded.andThen(page(slots, ids.get(ids.size() - 1)));
            });
  }

  /** Takes these in; one that cannot be read is found by halving, and does not keep others out. */
  private Completable load(List<WorkflowInstanceId> ids) {
    if (ids.isEmpty()) {
      return Completable.complete();
    }
    return Single.defer(() -> store.load(ids))
        .flatMapCompletable(
            runs -> Completable.concat(runs.stream().map(this::enterSafely).toList()))
        .onErrorResumeNext(
            failure -> {
              if (failure instanceof StoreUnavailable) {
                return Completable.error(failure);
              }
              if (ids.size() == 1) {
                residents.unreadable(ids.get(0), String.valueOf(failure.getMessage()));
                return Completable.complete();
              }
              int half = ids.size() / 2;
              return load(ids.subList(0, half)).andThen(load(ids.subList(half, ids.size())));
            });
  }

  /**
   * Until it is in memory its reports cannot be answered, so a database that is away is waited for.
   */
  private Completable enterSafely(StoredRun run) {
    return Completable.defer(() -> residents.enter(run))
        .onErrorResumeNext(
            failure -> {
              if (failure instanceof StoreUnavailable) {
                return pause().andThen(Completable.defer(() -> enterSafely(run)));
              }
              residents.unreadable(run.instance().id(), String.valueOf(failure.getMessage()));
              return Completable.complete();
            });
  }

  private <T> Single<T> untilAnswered(Single<T> read) {
    return read.doOnSuccess(answer -> answered())
        .onErrorResumeNext(
            failure -> {
              unanswered(failure);
              return pause().andThen(Single.defer(() -> untilAnswered(read)));
            });
  }

  private void answered() {
    isUnanswered = false;
  }

  /** An outage is told once, however often something is tried meanwhile. */
  private void unanswered(Throwable failure) {
    log.atLevel(isUnanswered ? Level.DEBUG : Level.WARN)
        .addKeyValue("cause", failure)
        .log("instances or commands cannot be read from the database; trying again until they are");
    isUnanswered = true;
  }

  private Completable pause() {
    return Completable.create(
        emitter -> emitter.setDisposable(clock.schedule(RETRY, emitter::onComplete)));
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
    List<WorkflowInstanceId> ids = List.copyOf(toLookAt);
    toLookAt.clear();
    isLooking = true;
    List<WorkflowInstanceId> absent =
        ids.stream().filter(id -> residents.mayEnter(id) && !residents.isResident(id)).toList();
    List<WorkflowInstanceId> present = ids.stream().filter(residents::isResident).toList();
    Completable commanded =
        present.isEmpty()
            ? Completable.complete()
            : store.commandsOf(present).doOnSuccess(this::apply).ignoreElement();
    load(absent)
        .mergeWith(commanded)
        .subscribe(
            this::looked,
            failure -> {
              unanswered(failure); // the sweep repeats it
              looked();
            },
            running);
  }

  private void looked() {
    isLooking = false;
    lookNow();
  }

  private void apply(List<Command> commands) {
    for (Command command : commands) {
      if (!residents.apply(command)) {
        look(List.of(command.instance()));
      }
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
            : absent(slots, FIRST)
                .andThen(
                    store.commands(slots, COMMANDS_MAX).doOnSuccess(this::apply).ignoreElement());
    swept.subscribe(
        () -> {
          answered();
          start();
        },
        failure -> {
          unanswered(failure); // the next one repeats it
          start();
        },
        running);
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
              return ids.size() < limit
                  ? Completable.complete()
                  : absent(slots, ids.get(ids.size() - 1));
            });
  }
}

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

/** Brings instances and commands of a shard's slots into memory. */
public final class Loader {
  /** The memory that is filled. */
  public interface Residents {
    boolean isResident(WorkflowInstanceId id);

    /** Whether it may be taken in: its slot is owned, and it has not been set aside. */
    boolean mayEnter(WorkflowInstanceId id);

    /** Takes a run in, unless it is there; completes when its definition is there too. */
    Completable enter(StoredRun run);

    /** It cannot be loaded; nothing is known of it here, nor done with it. */
    void setAside(WorkflowInstanceId id);

    void apply(Command command);

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
    return untilAnswered(
            Single.defer(() -> store.loadUnfinished(slots, after, settings.loadPageSize())))
        .flatMapCompletable(
            page -> {
              Completable entered =
                  Completable.concat(page.stream().map(this::enterSafely).toList());
              return page.size() < settings.loadPageSize()
                  ? entered
                  : entered.andThen(page(slots, page.get(page.size() - 1).instance().id()));
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
              log.atError()
                  .addKeyValue("workflowInstance", run.instance().id())
                  .addKeyValue("cause", failure)
                  .log("an instance cannot be loaded; it is left as it is");
              residents.setAside(run.instance().id());
              return Completable.complete();
            });
  }

  private <T> Single<T> untilAnswered(Single<T> read) {
    return read.onErrorResumeNext(
        failure -> {
          log.atWarn()
              .addKeyValue("cause", failure)
              .log("the database does not answer; again soon");
          return pause().andThen(Single.defer(() -> untilAnswered(read)));
        });
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
    Completable loaded =
        absent.isEmpty()
            ? Completable.complete()
            : store
                .load(absent)
                .flatMapCompletable(
                    runs -> Completable.concat(runs.stream().map(this::enterSafely).toList()));
    Completable commanded =
        present.isEmpty()
            ? Completable.complete()
            : store
                .commandsOf(present)
                .doOnSuccess(commands -> commands.forEach(residents::apply))
                .ignoreElement();
    loaded
        .mergeWith(commanded)
        .subscribe(
            this::looked,
            failure -> {
              log.atWarn().addKeyValue("cause", failure).log("a look failed; the sweep repeats it");
              looked();
            },
            running);
  }

  private void looked() {
    isLooking = false;
    lookNow();
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
                    store
                        .commands(slots, COMMANDS_MAX)
                        .doOnSuccess(commands -> commands.forEach(residents::apply))
                        .ignoreElement());
    swept.subscribe(
        this::start,
        failure -> {
          log.atWarn().addKeyValue("cause", failure).log("a sweep failed; the next one repeats it");
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

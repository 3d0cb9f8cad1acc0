package io.porpoise.api.stream;

import io.porpoise.api.instance.Reasons.Live;
import io.porpoise.api.stream.Watches.World;
import io.porpoise.bus.message.InstanceChanged;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance that somebody watches: its present picture, and the lease at its owner. */
final class WatchedInstance {
  private static final Logger log = LoggerFactory.getLogger(WatchedInstance.class);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RENEW = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_FIRST = Duration.ofMillis(25);
  private static final Duration RETRY_MAX = Duration.ofSeconds(1);

  /** The slow look behind the messages; slower for an instance whose rows are many. */
  private static final Duration REREAD = Duration.ofSeconds(5);

  private static final Duration REREAD_PER_TASK = Duration.ofMillis(5);

  private final WorkflowInstanceId id;
  private final World world;
  private final Runnable onClosed;
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<InstanceChanged> toldMeanwhile = new ArrayList<>();
  private final CompositeDisposable work = new CompositeDisposable();
  private final SerialDisposable nextRegistration = new SerialDisposable();
  private final SerialDisposable reread = new SerialDisposable();

  private Picture picture;

  /** Where the owner has agreed to tell us, or null. */
  private String agreedAddress;

  private Duration retry = RETRY_FIRST;
  private boolean isRegistering;
  private boolean isRegisterWanted;
  private boolean isReading;
  private boolean isReadWanted;
  private boolean isSnapshotWanted;
  private boolean isRereadSet;
  private boolean isClosed;

  WatchedInstance(WorkflowInstanceId id, World world, Runnable onClosed) {
    this.id = id;
    this.world = world;
    this.onClosed = onClosed;
    work.addAll(nextRegistration, reread);
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
    if (picture != null) {
      watcher.snapshot(picture);
    } else if (watchers.size() == 1) {
      register();
    }
  }

  /** True when nobody is left, and it is closed. */
  boolean remove(Watcher watcher) {
    watchers.remove(watcher);
    if (watchers.isEmpty() && !isClosed) {
      close();
    }
    return isClosed;
  }

  void close() {
    isClosed = true;
    work.dispose();
    onClosed.run();
  }

  /** Somebody has taken a slot, or a member has come or gone. */
  void ownersMoved() {
    String address = world.owners().addressOf(id.slot()).orElse(null);
    if (address != null && !address.equals(agreedAddress)) {
      register();
    } else if (address == null && agreedAddress != null && picture != null) {
      agreedAddress = null;
      // The shown state is derived from who is alive: this may be a FAILOVER now.
      tell(watcher -> watcher.changed(picture, List.of()));
      tryAgain();
    }
  }

  private void register() {
    String address = world.owners().addressOf(id.slot()).orElse(null);
    if (address == null) {
      // Nobody will tell; the rows still say what was committed.
      agreedAddress = null;
      world.owners().refresh();
      if (picture == null) {
        read();
      }
      tryAgain();
      return;
    }
    if (isRegistering) {
      isRegisterWanted = true;
      return;
    }
    isRegistering = true;
    world
        .bus()
        .request(address, new Watch(id, world.self(), LEASE.toMillis()), TIMEOUT)
        .cast(WatchAnswer.class)
        .doFinally(this::registrationEnded)
        .subscribe(answer -> answered(address, answer), error -> unanswered(address, error), work);
  }

  /** The owner may have moved while it was asked. */
  private void registrationEnded() {
    isRegistering = false;
    if (isRegisterWanted && !isClosed) {
      isRegisterWanted = false;
      register();
    }
  }

  private void answered(String address, WatchAnswer answer) {
    if (!answer.mine()) {
      agreedAddress = null;
      world.owners().refresh();
      tryAgain();
    } else if (!answer.unfinished()) {
      // It has ended, or the owner has not loaded it yet: the rows know.
      agreedAddress = null;
      read();
      tryAgain();
    } else {
      retry = RETRY_FIRST;
      if (!address.equals(agreedAddress)) {
        isSnapshotWanted = true;
        read();
      }
      agreedAddress = address;
      nextRegistration.set(world.clock().schedule(RENEW, this::register));
    }
  }

  private void unanswered(String address, Throwable error) {
    log.atDebug().addKeyValue("address", address).log("no watch: {}", error.getMessage());
    agreedAddress = null;
    world.owners().refresh();
    if (picture == null) {
      read();
    }
    tryAgain();
  }

  private void tryAgain() {
    if (!isClosed) {
      nextRegistration.set(world.clock().schedule(retry, this::register));
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }
  }

  private record Rows(InstanceView view, List<TaskInstance> tasks, Live live) {}

  private void read() {
    if (isReading) {
      isReadWanted = true;
      return;
    }
    isReading = true;
    isRereadSet = false;
    reread.set(Disposable.disposed());
    world
        .queries()
        .find(id)
        .flatMap(view -> rows(view).toMaybe())
        .subscribe(this::read, this::readFailed, this::missing, work);
  }

  private Single<Rows> rows(InstanceView view) {
    return Single.zip(
        world.queries().tasks(id, false),
        world.reasons().live(List.of(view.instance())),
        (tasks, live) -> new Rows(view, tasks, live));
  }

  private void read(Rows rows) {
    isReading = false;
    if (picture == null) {
      picture = new Picture(rows.view(), rows.tasks(), rows.live());
      isSnapshotWanted = false;
      tell(watcher -> watcher.snapshot(picture));
    } else {
      Picture.Difference difference = picture.read(rows.view(), rows.tasks(), rows.live());
      if (isSnapshotWanted) {
        isSnapshotWanted = false;
        tell(watcher -> watcher.snapshot(picture));
      } else {
        tell(difference);
      }
    }
    // What was told while the rows were on their way may be newer than they are.
    List<InstanceChanged> news = List.copyOf(toldMeanwhile);
    toldMeanwhile.clear();
    news.forEach(this::told);
    afterNews();
  }

  private void readFailed(Throwable error) {
    log.atDebug().addKeyValue("workflowInstance", id).log("not read: {}", error.getMessage());
    isReading = false;
    reread.set(world.clock().schedule(RETRY_MAX, this::read));
  }

  private void missing() {
    tell(Watcher::missing);
    close();
  }

  /** The owner tells of a commit. */
  void told(InstanceChanged news) {
    if (isClosed) {
      return;
    }
    if (isReading || picture == null) {
      toldMeanwhile.add(news);
      return;
    }
    tell(picture.told(news.instance(), news.changedTasks()));
    afterNews();
  }

  private void afterNews() {
    if (isClosed) {
      return;
    }
    if (picture.view().instance().isFinished()) {
      tell(watcher -> watcher.ended(picture));
      close();
      return;
    }
    if (isReadWanted) {
      isReadWanted = false;
      read();
    } else if (!isReading && !isRereadSet) {
      isRereadSet = true;
      Duration pause = REREAD.plus(REREAD_PER_TASK.multipliedBy(picture.tasks().size()));
      Disposable timer = world.clock().schedule(pause, this::read);
      reread.set(timer);
    }
  }

  private void tell(Picture.Difference difference) {
    if (!difference.isNone()) {
      tell(watcher -> watcher.changed(picture, difference.tasks()));
    }
  }

  private void tell(Consumer<Watcher> word) {
    List.copyOf(watchers).forEach(word);
  }
}

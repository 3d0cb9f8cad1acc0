package io.porpoise.api.stream;

import io.porpoise.api.instance.InstanceLists;
import io.porpoise.api.instance.InstanceLists.Row;
import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instances have changed, whichever they are, for all lists that are shown at this API node.
 * While there is one, masters are asked to tell; what they tell within a moment is read once, for
 * all lists together. For one event loop.
 */
public final class InstanceFeed {
  private static final Logger log = LoggerFactory.getLogger(InstanceFeed.class);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RENEW = Duration.ofSeconds(5);
  private static final Duration GATHER = Duration.ofMillis(250);

  /** More than that is cheaper to see in the first pages of the lists. */
  private static final int ROWS_MAX = 200;

  private final Bus bus;
  private final MemberId self;
  private final InstanceLists lists;
  private final Clock clock;
  private final List<FeedListener> listeners = new ArrayList<>();
  private final Set<WorkflowInstanceId> touched = new LinkedHashSet<>();
  private final CompositeDisposable work = new CompositeDisposable();
  private boolean isMore;
  private boolean isGathering;
  private boolean isRenewing;

  public InstanceFeed(Bus bus, MemberId self, InstanceLists lists, Clock clock) {
    this.bus = bus;
    this.self = self;
    this.lists = lists;
    this.clock = clock;
  }

  public void stop() {
    work.dispose();
    listeners.clear();
  }

  /** Begins to tell; the disposable ends it. */
  Disposable add(FeedListener listener) {
    listeners.add(listener);
    if (!isRenewing) {
      isRenewing = true;
      renew();
    }
    return Disposable.fromRunnable(() -> listeners.remove(listener));
  }

  private void renew() {
    if (listeners.isEmpty()) {
      isRenewing = false;
      return;
    }
    ask();
    clock.schedule(RENEW, this::renew, work);
  }

  private void ask() {
    bus.publish(Addresses.HEARTBEAT, new FeedWanted(self, LEASE.toMillis()));
  }

  /** Somebody has taken slots, or a member has come or gone: they may not know of us. */
  void ownersMoved() {
    if (!listeners.isEmpty()) {
      ask();
      List.copyOf(listeners).forEach(FeedListener::missed);
    }
  }

  /** Masters tell of commits. */
  void told(InstancesTouched news) {
    touched(news.instances(), news.isMore());
  }

  /** This node itself has written something. */
  public void touched(Collection<WorkflowInstanceId> ids, boolean areMore) {
    if (listeners.isEmpty()) {
      return;
    }
    if (!isMore) {
      touched.addAll(ids);
      isMore = areMore || touched.size() > ROWS_MAX;
    }
    List.copyOf(listeners).forEach(FeedListener::touched);
    if (!isGathering) {
      isGathering = true;
      clock.schedule(GATHER, this::gathered, work);
    }
  }

  private void gathered() {
    List<WorkflowInstanceId> ids = List.copyOf(touched);
    boolean isTooMuch = isMore;
    touched.clear();
    isMore = false;
    if (listeners.stream().noneMatch(FeedListener::wantsRows)) {
      isGathering = false;
    } else if (isTooMuch) {
      isGathering = false;
      List.copyOf(listeners).forEach(FeedListener::missed);
    } else {
      lists.rows(ids).subscribe(this::read, this::notRead, work);
    }
  }

  private void read(List<Row> rows) {
    List.copyOf(listeners).stream()
        .filter(FeedListener::wantsRows)
        .forEach(listener -> listener.changed(rows));
    next();
  }

  private void notRead(Throwable error) {
    Failures.say(log, "changed instances", error);
    List.copyOf(listeners).forEach(FeedListener::missed);
    next();
  }

  /** What was told during the reading is read after it. */
  private void next() {
    isGathering = !touched.isEmpty() || isMore;
    if (isGathering) {
      clock.schedule(GATHER, this::gathered, work);
    }
  }
}

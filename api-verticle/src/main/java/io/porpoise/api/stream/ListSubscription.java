package io.porpoise.api.stream;

import io.porpoise.api.instance.InstanceLists;
import io.porpoise.api.instance.InstanceLists.Row;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one client the newest instances of a list. Remembers what it has shown, so that a change
 * that changes nothing is not told; while the client does not read, only the last state of each row
 * is kept.
 */
final class ListSubscription implements Subscription, FeedListener {
  private static final Logger log = LoggerFactory.getLogger(ListSubscription.class);

  /** How soon after a first page it is read again: masters may have heard of us too late. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** The slow look behind the messages. */
  private static final Duration REREAD = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int SHOWN_MAX = 2_000;
  private static final int WAITING_MAX = 500;

  private final int id;
  private final Outlet outlet;
  private final InstanceLists lists;
  private final Clock clock;
  private final Filter filter;
  private final CompositeDisposable work = new CompositeDisposable();
  private final SerialDisposable timer = new SerialDisposable();
  private final Map<String, JsonObject> shown = new LinkedHashMap<>();
  private final Map<String, JsonObject> changed = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private Disposable feeding = Disposable.disposed();
  private JsonObject snapshot;
  private JsonObject lastPage;
  private boolean isFresh = true;
  private boolean isReading;
  private boolean isReadWanted;
  private boolean isSoon;

  ListSubscription(int id, Outlet outlet, InstanceLists lists, Clock clock, Filter filter) {
    this.id = id;
    this.outlet = outlet;
    this.lists = lists;
    this.clock = clock;
    this.filter = filter;
    work.add(timer);
  }

  void start(InstanceFeed feed) {
    feeding = feed.add(this);
    read();
  }

  private void read() {
    if (isReading) {
      isReadWanted = true;
      return;
    }
    isReading = true;
    isSoon = false;
    lists.page(filter).subscribe(this::read, this::notRead, work);
  }

  private void read(JsonObject page) {
    if (lastPage == null || !isShown(page)) {
      snapshot = page;
      changed.clear();
      removed.clear();
      shown.clear();
      remember(page.getJsonArray("items"));
    }
    lastPage = page;
    proceed();
    readEnded(isFresh ? SETTLED : REREAD);
    isFresh = false;
  }

  /** Whether the client has seen just these rows on its first page. */
  private boolean isShown(JsonObject page) {
    return page.getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .allMatch(row -> row.equals(shown.get(row.getString("id"))))
        && ids(lastPage).stream()
            .allMatch(row -> ids(page).contains(row) || !shown.containsKey(row));
  }

  private static Set<String> ids(JsonObject page) {
    Set<String> ids = new LinkedHashSet<>();
    page.getJsonArray("items").forEach(row -> ids.add(((JsonObject) row).getString("id")));
    return ids;
  }

  private void notRead(Throwable error) {
    Failures.say(log, "a list", error);
    readEnded(PAUSE);
  }

  private void readEnded(Duration pause) {
    isReading = false;
    isSoon = isReadWanted;
    timer.set(clock.schedule(isReadWanted ? PAUSE : pause, this::read));
    isReadWanted = false;
  }

  @Override
  public void missed() {
    if (isReading) {
      isReadWanted = true;
    } else if (!isSoon) {
      isSoon = true;
      timer.set(clock.schedule(PAUSE, this::read));
    }
  }

  @Override
  public boolean wantsRows() {
    return true;
  }

  @Override
  public void changed(List<Row> rows) {
    for (Row row : rows) {
      String key = row.json().getString("id");
      if (matches(row)) {
        if (!row.json().equals(shown.get(key))) {
          remember(key, row.json());
          changed.put(key, row.json());
          removed.remove(key);
        }
      } else if (shown.remove(key) != null) {
        changed.remove(key);
        removed.add(key);
      }
    }
    if (changed.size() + removed.size() > WAITING_MAX) {
      // The client is far behind: a page says the same in less.
      changed.clear();
      removed.clear();
      lastPage = null;
      missed();
    }
    proceed();
  }

  private boolean matches(Row row) {
    return (filter.project() == null || filter.project().equals(row.view().project()))
        && (filter.workflow() == null || filter.workflow().equals(row.view().workflow()))
        && (filter.state() == null || filter.state() == row.view().instance().state());
  }

  private void remember(JsonArray rows) {
    // Oldest first, since the oldest are forgotten first.
    for (int i = rows.size() - 1; i >= 0; i--) {
      remember(rows.getJsonObject(i).getString("id"), rows.getJsonObject(i));
    }
  }

  private void remember(String key, JsonObject row) {
    shown.put(key, row);
    if (shown.size() > SHOWN_MAX) {
      shown.remove(shown.keySet().iterator().next());
    }
  }

  @Override
  public void grant(long bytes) {
    // Events are small and coalesce; credit is for logs.
  }

  @Override
  public void proceed() {
    if (outlet.isFull()) {
      return;
    }
    if (snapshot != null) {
      outlet.send(
          event("snapshot")
              .put("instances", snapshot.getJsonArray("items"))
              .put("next", snapshot.getString("next")));
      snapshot = null;
    }
    if (!changed.isEmpty() || !removed.isEmpty()) {
      outlet.send(
          event("changed")
              .put("instances", new JsonArray(List.copyOf(changed.values())))
              .put("removed", new JsonArray(List.copyOf(removed))));
      changed.clear();
      removed.clear();
    }
  }

  private JsonObject event(String event) {
    return new JsonObject().put("type", "event").put("id", id).put("event", event);
  }

  @Override
  public void close() {
    feeding.dispose();
    work.dispose();
  }
}

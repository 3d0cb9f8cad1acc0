package io.porpoise.node;

import io.porpoise.store.sql.SqlStores;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database answers, for health: asked every two seconds, and more often while it does
 * not. One that merely takes its time is given a second chance before it counts as away.
 */
final class DatabaseWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final long INTERVAL_MILLIS = 2_000;
  private static final long AWAY_INTERVAL_MILLIS = 300;

  private final SqlStores stores;
  private final Scheduler scheduler;
  private final CompositeDisposable watching = new CompositeDisposable();
  private boolean wasLate;
  private volatile String problem;

  DatabaseWatch(Vertx vertx, SqlStores stores) {
    this.stores = stores;
    scheduler = RxHelper.scheduler(vertx.getOrCreateContext());
  }

  void start() {
    long pause = problem == null ? INTERVAL_MILLIS : AWAY_INTERVAL_MILLIS;
    watching.add(scheduler.scheduleDirect(this::ask, pause, TimeUnit.MILLISECONDS));
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  void stop() {
    watching.dispose();
  }

  private void ask() {
    watching.clear(); // what has run its course
    stores
        .ping()
        .timeout(INTERVAL_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .subscribe(this::answered, this::unanswered, watching);
  }

  private void answered() {
    if (problem != null) {
      LOG.warn("the database answers again");
    }
    wasLate = false;
    problem = null;
    start();
  }

  private void unanswered(Throwable error) {
    boolean isLate = error instanceof TimeoutException;
    if (!isLate || wasLate || problem != null) {
      String now =
          isLate
              ? "the database does not answer within " + INTERVAL_MILLIS + " ms"
              : String.valueOf(error.getMessage());
      if (problem == null) {
        LOG.warn("the database is away: {}", now);
      }
      problem = now;
    }
    wasLate = isLate;
    start();
  }
}

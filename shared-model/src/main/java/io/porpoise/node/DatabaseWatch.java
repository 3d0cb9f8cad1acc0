package io.porpoise.node;

import io.porpoise.store.sql.SqlStores;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers, for health: asked every two seconds. */
final class DatabaseWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final long INTERVAL_MILLIS = 2_000;

  private final Vertx vertx;
  private final SqlStores stores;
  private final CompositeDisposable watching = new CompositeDisposable();
  private volatile String problem;

  DatabaseWatch(Vertx vertx, SqlStores stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  void start() {
    Scheduler scheduler = RxHelper.scheduler(vertx.getOrCreateContext());
    Flowable.interval(INTERVAL_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .concatMapSingle(
            tick ->
                stores
                    .ping()
                    .timeout(INTERVAL_MILLIS, TimeUnit.MILLISECONDS, scheduler)
                    .toSingleDefault("")
                    .onErrorReturn(e -> e.getMessage() == null ? "no answer" : e.getMessage()))
        .subscribe(
            this::heard,
            e -> LOG.error("nobody watches the database any more", e),
            () -> {},
            watching);
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  void stop() {
    watching.dispose();
  }

  private void heard(String error) {
    String now = error.isEmpty() ? null : error;
    if (now != null && problem == null) {
      LOG.warn("the database does not answer: {}", now);
    } else if (now == null && problem != null) {
      LOG.warn("the database answers again");
    }
    problem = now;
  }
}

package io.porpoise.node;

import io.porpoise.node.config.Config;
import io.porpoise.node.config.DatabaseConfig;
import io.porpoise.store.sql.DatabaseUnusable;
import io.porpoise.store.sql.SqlConfig;
import io.porpoise.store.sql.SqlMigrations;
import io.porpoise.store.sql.SqlStores;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;

/**
 * From a configuration to stores that can be used: waits for a database that is not there yet, but
 * not for ever.
 */
final class DatabaseStart {
  private static final long AGAIN_MILLIS = 500;

  private final Vertx vertx;
  private final Config config;
  private long firstTryNanos;
  private boolean hasTold;

  DatabaseStart(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
  }

  Single<SqlStores> stores() {
    return Single.fromSupplier(this::sqlConfig)
        .doOnSuccess(sql -> firstTryNanos = System.nanoTime())
        .flatMap(
            sql ->
                new SqlMigrations(vertx, sql)
                    .migrate()
                    .retryWhen(errors -> errors.flatMap(this::againOrFail))
                    .map(applied -> new SqlStores(vertx, sql)));
  }

  private SqlConfig sqlConfig() {
    DatabaseConfig database = config.database();
    Required.require(database.uri().isPresent(), "database.uri", "like mysql://host:3306/porpoise");
    try {
      return new SqlConfig(
          database.uri().orElseThrow(),
          database.user(),
          database.password().value(),
          database.poolSize(),
          database.connectTimeout(),
          database.acquireTimeout(),
          database.statementTimeout());
    } catch (IllegalArgumentException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }

  private Publisher<Long> againOrFail(Throwable error) {
    long waited = System.nanoTime() - firstTryNanos;
    boolean isWorthWaiting = error instanceof DatabaseUnusable e && e.isPassing();
    if (!isWorthWaiting || waited > config.node().startTimeout().toNanos()) {
      return Flowable.error(error);
    }
    if (!hasTold) {
      hasTold = true;
      Console.say(
          "waiting up to %d s: %s"
              .formatted(config.node().startTimeout().toSeconds(), error.getMessage()));
    }
    Scheduler scheduler = RxHelper.scheduler(vertx);
    return Flowable.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS, scheduler);
  }
}

package io.porpoise.store.sql;

import io.porpoise.store.Batch;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.Journal;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Notification;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.vertx.rxjava3.mysqlclient.MySQLConnection;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection on which one shard writes its batches, opened when first needed and again after a
 * loss.
 *
 * <p>A batch takes two round trips. The first sends the guard and all writes at once; the second
 * sends COMMIT, only after every reply was good and every epoch right, else ROLLBACK. The session
 * runs with {@code autocommit = 0} and never sends BEGIN: a deadlock rolls back in the middle of
 * the statements that are already on their way, and in an autocommit session those behind it would
 * then commit one by one, unguarded. Here they merely open the next transaction, which is rolled
 * back.
 *
 * <p>After a time-out or a lost connection the connection is given up and never used again, so that
 * no COMMIT can follow. The server is asked to kill a session that hangs, for its locks' sake.
 */
final class ShardConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ShardConnection.class);
  private static final long KILL_TIMEOUT_MILLIS = 2000;

  private final Database database;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicReference<Open> open = new AtomicReference<>();

  ShardConnection(Database database) {
    this.database = database;
  }

  /** A connection that is set up; the id is the server's, for KILL. */
  private record Open(
      MySQLConnection connection, Session session, long serverId, CompletableSubject closed) {
    Open(MySQLConnection connection, Session session, long serverId) {
      this(connection, session, serverId, CompletableSubject.create());
    }
  }

  Single<Journal.Outcome> commit(Batch batch) {
    if (!busy.compareAndSet(false, true)) {
      return Single.error(
          new IllegalStateException("shard " + batch.shard() + " still writes its last batch"));
    }
    // Before the outcome is told: whoever hears it may send the next batch at once.
    return Single.defer(() -> encodeAndWrite(batch))
        .doOnTerminate(() -> busy.set(false))
        .doOnDispose(() -> busy.set(false));
  }

  Completable close() {
    return Completable.defer(
        () -> {
          Open last = open.getAndSet(null);
          return last == null ? Completable.complete() : last.connection.rxClose();
        });
  }

  /**
   * How a transaction ended when the connection is still good; the error: rolled back for its sake.
   */
  private record Attempt(Journal.Outcome outcome, Throwable error) {
    Single<Journal.Outcome> result() {
      return error == null ? Single.just(outcome) : Single.error(SqlErrors.translate(error));
    }
  }

  private Single<Journal.Outcome> encodeAndWrite(Batch batch) {
    List<Statement> statements = new ArrayList<>();
    try {
      statements.add(BatchStatements.guard(batch));
      statements.addAll(BatchStatements.writes(batch));
    } catch (RuntimeException e) {
      // Whatever cannot be put into a statement will not fit the next time either.
      return Single.just(rejected(batch, e));
    }
    return connection().flatMap(c -> writeOn(c, batch, statements));
  }

  private Single<Journal.Outcome> writeOn(Open c, Batch batch, List<Statement> statements) {
    return database
        .connector()
        .bounded(Connector.whileOpen(write(c, batch, statements), c.closed))
        .onErrorResumeNext(e -> giveUp(c, e))
        // Half a transaction must not stay behind for the next batch to commit.
        .doOnDispose(() -> abandon(c))
        .flatMap(Attempt::result);
  }

  private Single<Attempt> write(Open c, Batch batch, List<Statement> statements) {
    List<Single<Notification<RowSet<Row>>>> replies =
        statements.stream().map(s -> c.session.execute(s).materialize()).toList();
    return Single.zip(replies, ShardConnection::replies).flatMap(r -> decide(c, batch, r));
  }

  private Single<Attempt> decide(Open c, Batch batch, List<Notification<RowSet<Row>>> replies) {
    Notification<RowSet<Row>> guard = replies.get(0);
    if (guard.isOnNext()) {
      Set<Integer> lost = lostSlots(batch, guard.getValue());
      if (!lost.isEmpty()) {
        return rollBack(c, new Attempt(new Journal.LostSlots(lost), null));
      }
    }
    Throwable error = firstError(replies);
    if (error == null) {
      return c.session.commit().map(done -> new Attempt(new Journal.Committed(), null));
    }
    if (!SqlErrors.isFromServer(error)) {
      return Single.error(error); // a transaction without a connection needs no roll-back
    }
    return rollBack(
        c,
        SqlErrors.isDataError(error)
            ? new Attempt(rejected(batch, error), null)
            : new Attempt(null, error));
  }

  /** A server that hangs up, as after a packet that is too large, has rolled back as well. */
  private Single<Attempt> rollBack(Open c, Attempt attempt) {
    return c.session
        .rollback()
        .map(done -> attempt)
        .onErrorResumeNext(
            e -> {
              if (!SqlErrors.isConnectionLost(e)) {
                return Single.error(e);
              }
              abandon(c);
              return Single.just(attempt);
            });
  }

  /** After a deadlock the statements behind it may fail for its sake, so the first one counts. */
  private static Throwable firstError(List<Notification<RowSet<Row>>> replies) {
    return replies.stream()
        .filter(Notification::isOnError)
        .map(Notification::getError)
        .findFirst()
        .orElse(null);
  }

  /**
   * A slot that was given up is lost as well, although its epoch stays until somebody claims it.
   */
  private static Set<Integer> lostSlots(Batch batch, RowSet<Row> found) {
    Set<Integer> lost = new TreeSet<>(batch.guards().keySet());
    for (Row row : found) {
      int slot = row.getInteger("slot");
      if (batch.node().value().equals(row.getString("owner"))
          && batch.incarnation() == row.getLong("incarnation")
          && batch.guards().get(slot).equals(row.getLong("epoch"))) {
        lost.remove(slot);
      }
    }
    return lost;
  }

  private static Journal.Outcome rejected(Batch batch, Throwable error) {
    return new Journal.Rejected(
        batch.changes().stream().map(InstanceChange::id).collect(Collectors.toSet()),
        SqlErrors.describe(error));
  }

  private Single<Open> connection() {
    Open present = open.get();
    return present != null
        ? Single.just(present)
        : database.connector().connect().flatMap(this::setUp);
  }

  private Single<Open> setUp(MySQLConnection connection) {
    Session session = new Session(connection);
    return database
        .connector()
        .bounded(
            session
                .text("SET SESSION autocommit = 0")
                .flatMap(done -> session.text("SELECT CONNECTION_ID()")))
        .map(rows -> new Open(connection, session, rows.iterator().next().getLong(0)))
        .doOnSuccess(
            ready -> {
              open.set(ready);
              connection.closeHandler(
                  closed -> {
                    open.compareAndSet(ready, null);
                    ready.closed.onComplete();
                  });
            })
        .doOnError(e -> database.connector().closeLater(Single.just(connection)));
  }

  private Single<Attempt> giveUp(Open c, Throwable error) {
    abandon(c);
    return error.getCause() instanceof TimeoutException
        ? kill(c).andThen(Single.error(error))
        : Single.error(error);
  }

  private void abandon(Open c) {
    open.compareAndSet(c, null);
    database.connector().closeLater(Single.just(c.connection));
  }

  /**
   * Its locks would else be held until the server notices that nobody is there, which may take
   * hours.
   */
  private Completable kill(Open c) {
    return database
        .text("KILL CONNECTION " + c.serverId)
        .timeout(KILL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS, database.connector().scheduler())
        .ignoreElement()
        .onErrorComplete(
            e -> {
              LOG.debug("session {} of the database could not be killed", c.serverId, e);
              return true;
            });
  }

  @SuppressWarnings("unchecked")
  private static List<Notification<RowSet<Row>>> replies(Object[] all) {
    List<Notification<RowSet<Row>>> replies = new ArrayList<>(all.length);
    for (Object reply : all) {
      replies.add((Notification<RowSet<Row>>) reply);
    }
    return replies;
  }
}

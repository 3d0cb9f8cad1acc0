package io.porpoise.cluster.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ephemeral entries that this process wants to stand, whatever becomes of its sessions.
 *
 * <p>Each path has a wanted state (some data, or nothing) and at most one operation under way, so
 * that a removal cannot be overtaken by the creation before it. After every operation and every
 * (re)connection the wanted state is compared with what stands, until they agree. Everything runs
 * on the thread {@code zookeeper}.
 */
final class Ephemerals {
  private static final Logger log = LoggerFactory.getLogger(Ephemerals.class);

  private final Connection connection;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final CompositeDisposable operations = new CompositeDisposable();
  private long connections;

  Ephemerals(Connection connection) {
    this.connection = connection;
    connection.onChange(this::connectionChanged);
  }

  /**
   * Wants {@code data} to stand at {@code path} from now on; completes when it does, in the session
   * of that moment. Without a connection that waits for the next one.
   */
  Completable put(String path, byte[] data) {
    return Completable.defer(() -> want(path, data)).subscribeOn(connection.scheduler());
  }

  /**
   * Wants nothing to stand there any more. Completes when that is so, or at once without a
   * connection: what the session has left behind then goes with it.
   */
  Completable remove(String path) {
    return Completable.defer(
            () -> {
              if (!entries.containsKey(path)) {
                return Completable.complete();
              }
              Completable gone = want(path, null);
              return connection.session() == null ? Completable.complete() : gone;
            })
        .subscribeOn(connection.scheduler());
  }

  /**
   * Completes when what is wanted at {@code path} stands in the present session; at once when
   * nothing is wanted there. To be called on the thread {@code zookeeper}.
   */
  Completable agreed(String path) {
    Entry entry = entries.get(path);
    return entry == null ? Completable.complete() : entry.agreed;
  }

  /** Whether the entry has been seen to stand in that session. */
  boolean isHeldBy(String path, long sessionId) {
    Entry entry = entries.get(path);
    return entry != null && entry.owner == sessionId;
  }

  private Completable want(String path, byte[] data) {
    Entry entry = entries.computeIfAbsent(path, Entry::new);
    entry.wanted = data;
    entry.revision++;
    entry.disagree();
    Completable agreed = entry.agreed;
    agree(entry);
    return agreed;
  }

  private void connectionChanged(ConnectionState state) {
    if (!state.isConnected()) {
      // What was wanted gone needs no more work: it goes with the session, or at the next
      // comparison.
      entries.values().stream().filter(e -> e.wanted == null).forEach(e -> e.agreed.onComplete());
      return;
    }
    connections++;
    entries.values().forEach(Entry::disagree);
    entries.values().forEach(this::agree);
  }

  /** Makes what stands agree with what is wanted, unless that is being done already. */
  private void agree(Entry entry) {
    Session session = connection.session();
    if (entry.isBusy || session == null) {
      return;
    }
    entry.isBusy = true;
    long revision = entry.revision;
    long connectionAtStart = connections;
    byte[] wanted = entry.wanted;
    operation(session, entry)
        .observeOn(connection.scheduler())
        .subscribe(
            () -> {
              entry.standing = wanted;
              succeeded(entry, revision, session);
            },
            e -> failed(entry, revision, connectionAtStart, e),
            operations);
  }

  private Completable operation(Session session, Entry entry) {
    byte[] wanted = entry.wanted;
    if (wanted == null) {
      return session.delete(entry.path);
    }
    return session
        .find(entry.path)
        .map(
            stat -> {
              if (stat.getEphemeralOwner() != session.id()) {
                return session.replace(entry.path, wanted);
              }
              return entry.owner == session.id() && entry.standing == wanted
                  ? Completable.complete()
                  : session.write(entry.path, wanted).ignoreElement();
            })
        .defaultIfEmpty(session.create(entry.path, wanted))
        .flatMapCompletable(work -> work);
  }

  private void succeeded(Entry entry, long revision, Session session) {
    entry.isBusy = false;
    entry.owner = session.id();
    if (entry.revision != revision || connection.session() != session) {
      agree(entry);
      return;
    }
    if (entry.wanted == null) {
      entries.remove(entry.path);
    }
    entry.agreed.onComplete();
  }

  private void failed(Entry entry, long revision, long connectionAtStart, Throwable e) {
    entry.isBusy = false;
    boolean isWorthAnotherTry =
        entry.revision != revision
            || connections != connectionAtStart
            // Somebody (an expiring session, most likely) was quicker between the look and the act.
            || Session.isCode(e, Code.NONODE)
            || Session.isCode(e, Code.NODEEXISTS);
    if (isWorthAnotherTry) {
      agree(entry);
    } else if (!Session.isConnectionTrouble(e)) { // after which the next connection does it again
      log.atWarn()
          .addKeyValue("path", entry.path)
          .log("ZooKeeper refuses an entry: {}", e.getMessage());
      if (!entry.agreed.hasComplete()) {
        entry.agreed.onError(e);
      }
    }
  }

  /** One path. All but the owner is touched by the thread {@code zookeeper} only. */
  private static final class Entry {
    final String path;
    byte[] wanted;
    byte[] standing;
    long revision;
    boolean isBusy;
    volatile long owner;
    CompletableSubject agreed = CompletableSubject.create();

    Entry(String path) {
      this.path = path;
    }

    /** Whoever waits from now on waits for the next agreement. */
    void disagree() {
      if (agreed.hasComplete() || agreed.hasThrowable()) {
        agreed = CompletableSubject.create();
      }
    }
  }
}

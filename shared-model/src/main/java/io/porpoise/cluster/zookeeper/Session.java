package io.porpoise.cluster.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * One life of the connection. Every operation is sent once, in this session or not at all; Curator
 * would carry it over into the next one. Paths are relative to the root. Answers arrive on
 * ZooKeeper's event thread.
 */
final class Session {
  private static final Set<Code> CONNECTION_TROUBLE =
      EnumSet.of(
          Code.CONNECTIONLOSS, Code.OPERATIONTIMEOUT, Code.SESSIONEXPIRED, Code.SESSIONMOVED);

  private static final byte[] NOTHING = new byte[0];

  private final ZooKeeper zooKeeper;
  private final String root;

  Session(ZooKeeper zooKeeper, String root) {
    this.zooKeeper = zooKeeper;
    this.root = "/" + root;
  }

  long id() {
    return zooKeeper.getSessionId();
  }

  Maybe<Stat> find(String path) {
    return Maybe.create(
        answer ->
            zooKeeper.exists(
                root + path,
                false,
                (code, p, context, stat) -> {
                  if (code == Code.OK.intValue()) {
                    answer.onSuccess(stat);
                  } else if (code == Code.NONODE.intValue()) {
                    answer.onComplete();
                  } else {
                    answer.tryOnError(failure(code, p));
                  }
                },
                null));
  }

  /**
   * Makes an entry that outlasts all sessions, and what is missing above it, unless it is there.
   */
  Completable makeLasting(String path) {
    return makeIfMissing(root + path, CreateMode.PERSISTENT);
  }

  /**
   * Makes an entry of this session, and the containers above it where they are missing; the server
   * removes those when nothing is left below them.
   */
  Completable create(String path, byte[] data) {
    return make(root + path, data, CreateMode.EPHEMERAL);
  }

  /** Puts an entry of this session in the place of what stands there, so that nobody sees a gap. */
  Completable replace(String path, byte[] data) {
    List<Op> operations =
        List.of(
            Op.delete(root + path, -1),
            Op.create(root + path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL));
    return Completable.create(
        answer ->
            zooKeeper.multi(
                operations,
                (code, p, context, results) -> {
                  if (code == Code.OK.intValue()) {
                    answer.onComplete();
                  } else {
                    answer.tryOnError(failure(code, path));
                  }
                },
                null));
  }

  Single<Stat> write(String path, byte[] data) {
    return Single.create(
        answer ->
            zooKeeper.setData(
                root + path,
                data,
                -1,
                (code, p, context, stat) -> {
                  if (code == Code.OK.intValue()) {
                    answer.onSuccess(stat);
                  } else {
                    answer.tryOnError(failure(code, p));
                  }
                },
                null));
  }

  /** Completes as well when there is no such entry. */
  Completable delete(String path) {
    return Completable.create(
        answer ->
            zooKeeper.delete(
                root + path,
                -1,
                (code, p, context) -> {
                  if (code == Code.OK.intValue() || code == Code.NONODE.intValue()) {
                    answer.onComplete();
                  } else {
                    answer.tryOnError(failure(code, p));
                  }
                },
                null));
  }

  private Completable make(String fullPath, byte[] data, CreateMode mode) {
    CreateMode above = mode == CreateMode.EPHEMERAL ? CreateMode.CONTAINER : mode;
    Completable once = makeOnce(fullPath, data, mode);
    return once.onErrorResumeNext(
        e ->
            isCode(e, Code.NONODE)
                ? makeIfMissing(parent(fullPath), above).andThen(once)
                : Completable.error(e));
  }

  private Completable makeIfMissing(String fullPath, CreateMode mode) {
    return make(fullPath, NOTHING, mode).onErrorComplete(e -> isCode(e, Code.NODEEXISTS));
  }

  private Completable makeOnce(String fullPath, byte[] data, CreateMode mode) {
    return Completable.create(
        answer ->
            zooKeeper.create(
                fullPath,
                data,
                Ids.OPEN_ACL_UNSAFE,
                mode,
                (code, p, context, name) -> {
                  if (code == Code.OK.intValue()) {
                    answer.onComplete();
                  } else {
                    answer.tryOnError(failure(code, p));
                  }
                },
                null));
  }

  /** Whether Curator will tell of a new connection, after which it may be tried again. */
  static boolean isConnectionTrouble(Throwable e) {
    return e instanceof KeeperException keeper && CONNECTION_TROUBLE.contains(keeper.code());
  }

  static boolean isCode(Throwable e, Code code) {
    return e instanceof KeeperException keeper && keeper.code() == code;
  }

  private static String parent(String fullPath) {
    return fullPath.substring(0, fullPath.lastIndexOf('/'));
  }

  private static KeeperException failure(int code, String path) {
    return KeeperException.create(Code.get(code), path);
  }
}

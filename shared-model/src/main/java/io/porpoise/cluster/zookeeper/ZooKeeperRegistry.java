package io.porpoise.cluster.zookeeper;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.state.ConnectionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member's view of the cluster. The members of one process share connection and directory. */
final class ZooKeeperRegistry implements Registry {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperRegistry.class);
  private static final byte[] NOTHING = new byte[0];
  private static final long LEAVE_MILLIS = 2_000;

  private final Vertx vertx;
  private final Connection connection;
  private final Ephemerals ephemerals;
  private final MemberDirectory directory;
  private final Broadcast<RegistryState> state;
  private final CompositeDisposable rejoining = new CompositeDisposable();
  private volatile Member self;

  ZooKeeperRegistry(
      Vertx vertx, Connection connection, Ephemerals ephemerals, MemberDirectory directory) {
    this.vertx = vertx;
    this.connection = connection;
    this.ephemerals = ephemerals;
    this.directory = directory;
    state =
        new Broadcast<>(
            connection.session() == null ? RegistryState.SUSPENDED : RegistryState.CONNECTED);
    connection.onChange(this::connectionChanged);
  }

  @Override
  public Completable join(Member newSelf) {
    return Completable.defer(
            () -> {
              self = newSelf;
              return stand(newSelf).andThen(removeFormerLives(newSelf.id()));
            })
        .timeout(
            connection.options().startTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            connection.scheduler(),
            Completable.error(() -> new ZooKeeperUnreachable(notJoined(newSelf.id()))))
        .observeOn(callersLoop());
  }

  @Override
  public Completable leave() {
    return Completable.defer(
            () -> {
              Member leaver = self;
              self = null;
              return leaver == null ? Completable.complete() : withdraw(leaver.id());
            })
        .observeOn(callersLoop());
  }

  @Override
  public List<Member> members() {
    return directory.members().value();
  }

  @Override
  public Disposable onMembers(Consumer<List<Member>> listener) {
    return directory.members().add(vertx.getOrCreateContext(), listener);
  }

  @Override
  public Disposable onState(Consumer<RegistryState> listener) {
    return state.add(vertx.getOrCreateContext(), listener);
  }

  @Override
  public Completable touch() {
    return Completable.defer(this::touchOnce)
        .timeout(
            connection.options().session().toMillis(),
            TimeUnit.MILLISECONDS,
            connection.scheduler(),
            Completable.error(() -> new ZooKeeperUnreachable("ZooKeeper did not answer a touch")))
        .observeOn(callersLoop());
  }

  @Override
  public Single<Optional<MemberId>> leader(Role role) {
    return Single.fromSupplier(() -> directory.longestStanding(role));
  }

  /** Both at once, so that a withdrawal comes after both. */
  private Completable stand(Member member) {
    return Completable.mergeArray(
        ephemerals.put(MemberDirectory.touchedBy(member.id()), NOTHING),
        ephemerals.put(MemberDirectory.entryOf(member.id()), MemberJson.write(member)));
  }

  private Completable withdraw(MemberId leaver) {
    return ephemerals
        .remove(MemberDirectory.entryOf(leaver))
        .andThen(ephemerals.remove(MemberDirectory.touchedBy(leaver)))
        .timeout(
            LEAVE_MILLIS, TimeUnit.MILLISECONDS, connection.scheduler(), Completable.complete());
  }

  /** They are passed over already; but their sessions may hold their entries for a while yet. */
  private Completable removeFormerLives(MemberId member) {
    return Flowable.fromIterable(directory.formerLives(member))
        .concatMapCompletable(
            former -> {
              Session session = connection.session();
              return session == null
                  ? Completable.complete()
                  : session
                      .delete(MemberDirectory.entryOf(former))
                      .andThen(session.delete(MemberDirectory.touchedBy(former)));
            });
  }

  private Completable touchOnce() {
    Member member = self;
    Session session = connection.session();
    if (member == null
        || session == null
        || !ephemerals.isHeldBy(MemberDirectory.entryOf(member.id()), session.id())) {
      return Completable.error(
          new ZooKeeperUnreachable("This member has no entry in ZooKeeper at present"));
    }
    return session
        .write(MemberDirectory.touchedBy(member.id()), NOTHING)
        .flatMapCompletable(
            stat ->
                stat.getEphemeralOwner() == session.id()
                    ? Completable.complete()
                    : Completable.error(
                        new ZooKeeperUnreachable("The touched entry is of a former session")));
  }

  private void connectionChanged(ConnectionState change) {
    rejoining.clear();
    Member member = self;
    if (!change.isConnected()) {
      state.publish(change == ConnectionState.LOST ? RegistryState.LOST : RegistryState.SUSPENDED);
    } else if (member == null) {
      state.publish(RegistryState.CONNECTED);
    } else {
      ephemerals
          .agreed(MemberDirectory.entryOf(member.id()))
          .subscribe(
              () -> state.publish(RegistryState.CONNECTED),
              e -> log.atError().setCause(e).log("This member cannot join again"),
              rejoining);
    }
  }

  private io.reactivex.rxjava3.core.Scheduler callersLoop() {
    return RxHelper.scheduler(vertx.getOrCreateContext());
  }

  private String notJoined(MemberId member) {
    return member
        + " could not join the cluster at ZooKeeper "
        + connection.options().connect()
        + " within "
        + connection.options().startTimeout().toSeconds()
        + " s; it goes on trying";
  }
}

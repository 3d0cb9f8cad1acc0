package io.porpoise.simulation;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's client of the {@link SimZooKeeper}: pings three times per session timeout, is SUSPENDED
 * when an answer is missing, LOST when it has heard nothing for a whole session timeout or is told
 * that its session has ended, and then makes itself a new session with the same entry.
 */
public final class SimRegistry implements Registry {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private final SimNode node;
  private final SimZooKeeper zooKeeper;
  private final List<Consumer<List<Member>>> memberListeners = new ArrayList<>();
  private final List<Consumer<RegistryState>> stateListeners = new ArrayList<>();
  private RegistryState state = RegistryState.CONNECTED;
  private List<Member> members;
  private Member self;
  private boolean hasLeft;
  private long session;
  private long lastAnswer;

  public SimRegistry(SimNode node, SimZooKeeper zooKeeper) {
    this.node = node;
    this.zooKeeper = zooKeeper;
    zooKeeper.addClient(this);
    session = zooKeeper.open(node);
    lastAnswer = node.world().nanos();
    members = zooKeeper.members();
    ping();
  }

  @Override
  public Completable join(Member newSelf) {
    return Completable.create(
        emitter -> {
          self = newSelf;
          hasLeft = false;
          writeEntry(emitter::onComplete);
        });
  }

  @Override
  public Completable leave() {
    return Completable.create(
        emitter -> {
          hasLeft = true;
          self = null;
          ask(
              () -> {
                zooKeeper.close(session);
                return true;
              },
              closed -> emitter.onComplete(),
              emitter::onComplete);
        });
  }

  @Override
  public List<Member> members() {
    return members;
  }

  @Override
  public Disposable onMembers(Consumer<List<Member>> listener) {
    memberListeners.add(listener);
    node.post(() -> tellIfListening(memberListeners, listener, members));
    return Disposable.fromRunnable(() -> memberListeners.remove(listener));
  }

  @Override
  public Disposable onState(Consumer<RegistryState> listener) {
    stateListeners.add(listener);
    node.post(() -> tellIfListening(stateListeners, listener, state));
    return Disposable.fromRunnable(() -> stateListeners.remove(listener));
  }

  @Override
  public Completable touch() {
    return Completable.create(
        emitter ->
            ask(
                () -> self != null && zooKeeper.write(session, self),
                isAlive -> {
                  if (isAlive) {
                    emitter.onComplete();
                  } else if (!emitter.isDisposed()) {
                    emitter.onError(new IllegalStateException("the registry session has ended"));
                  }
                },
                () -> {
                  if (!emitter.isDisposed()) {
                    emitter.onError(new IllegalStateException("the registry does not answer"));
                  }
                }));
  }

  @Override
  public Single<Optional<MemberId>> leader(Role role) {
    return Single.create(
        emitter ->
            ask(
                () -> zooKeeper.leader(role),
                emitter::onSuccess,
                () -> {
                  if (!emitter.isDisposed()) {
                    emitter.onError(new IllegalStateException("the registry does not answer"));
                  }
                }));
  }

  SimNode node() {
    return node;
  }

  /**
   * A watch has fired: reads who is there. When the registry cannot be reached the view stays as it
   * was.
   */
  void read() {
    if (state == RegistryState.LOST || !zooKeeper.isReachable(node)) {
      return;
    }
    List<Member> present = zooKeeper.members();
    if (!present.equals(members)) {
      members = present;
      List.copyOf(memberListeners)
          .forEach(listener -> tellIfListening(memberListeners, listener, members));
    }
  }

  private void ping() {
    ask(
        () -> zooKeeper.ping(session),
        isAlive -> {
          if (isAlive && state != RegistryState.LOST) {
            heard();
          } else if (!hasLeft) {
            setState(RegistryState.LOST);
            session = zooKeeper.open(node);
            heard();
          }
        },
        this::suspect);
    node.post(zooKeeper.sessionTimeout().toNanos() / 3, this::ping);
  }

  private void heard() {
    lastAnswer = node.world().nanos();
    if (state == RegistryState.CONNECTED) {
      return;
    }
    if (self == null) {
      setState(RegistryState.CONNECTED);
      read();
    } else {
      writeEntry(() -> {});
    }
  }

  private void suspect() {
    if (node.world().nanos() - lastAnswer >= zooKeeper.sessionTimeout().toNanos()) {
      setState(RegistryState.LOST);
    } else if (state == RegistryState.CONNECTED) {
      setState(RegistryState.SUSPENDED);
    }
  }

  /** Writes until it has been written; an ended session is noticed by the pings. */
  private void writeEntry(Runnable written) {
    Runnable again = () -> node.post(ANSWER_TIMEOUT.toNanos() / 4, () -> writeEntry(written));
    ask(
        () -> self != null && zooKeeper.write(session, self),
        isWritten -> {
          if (isWritten) {
            lastAnswer = node.world().nanos();
            setState(RegistryState.CONNECTED);
            read();
            written.run();
          } else if (self != null) {
            again.run();
          }
        },
        () -> {
          if (self != null) {
            again.run();
          }
        });
  }

  private void setState(RegistryState next) {
    if (state == next) {
      return;
    }
    state = next;
    node.world().trace(() -> node + " registry " + next);
    List.copyOf(stateListeners)
        .forEach(listener -> tellIfListening(stateListeners, listener, next));
  }

  private static <T> void tellIfListening(
      List<Consumer<T>> listeners, Consumer<T> listener, T value) {
    if (listeners.contains(listener)) {
      listener.accept(value);
    }
  }

  /**
   * One request and its answer; when either is not carried, {@code silence} runs after the timeout.
   */
  private <T> void ask(Supplier<T> question, Consumer<T> answer, Runnable silence) {
    node.mustRun(this);
    SimNetwork network = zooKeeper.network();
    boolean[] isOver = {false};
    node.world()
        .afterNanos(
            network.hopNanos(),
            () -> {
              if (!zooKeeper.isReachable(node) || !node.isAlive()) {
                return;
              }
              T value = question.get();
              node.world()
                  .afterNanos(
                      network.hopNanos(),
                      () -> {
                        if (zooKeeper.isReachable(node)) {
                          node.post(
                              () -> {
                                if (!isOver[0]) {
                                  isOver[0] = true;
                                  answer.accept(value);
                                }
                              });
                        }
                      });
            });
    node.post(
        ANSWER_TIMEOUT.toNanos(),
        () -> {
          if (!isOver[0]) {
            isOver[0] = true;
            silence.run();
          }
        });
  }
}

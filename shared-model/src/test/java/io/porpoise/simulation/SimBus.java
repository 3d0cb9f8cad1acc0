package io.porpoise.simulation;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The bus as one node sees it. */
public final class SimBus implements Bus {
  private static final Duration REGISTER_AGAIN = Duration.ofMillis(500);

  private final SimNode node;
  private final SimNetwork network;
  private final TreeSet<String> served = new TreeSet<>();

  public SimBus(SimNode node, SimNetwork network) {
    this.node = node;
    this.network = network;
    // With a registry the addresses live as long as the session does, see SimRegistry; without one
    // they die at once.
    node.onCrash(
        () -> {
          if (!network.isBoundToSession(node)) {
            network.setHidden(node.process(), true);
          }
        });
  }

  @Override
  public Completable serve(String address, Handler handler) {
    return Completable.create(
        emitter -> {
          node.mustRun(this);
          if (served.add(address)) {
            register(address, new SimNetwork.Server(node, handler), emitter::onComplete);
          } else {
            emitter.onError(new IllegalStateException(address + " is served already"));
          }
        });
  }

  private void register(String address, SimNetwork.Server server, Runnable done) {
    node.post(
        network.hopNanos(),
        () -> {
          if (!served.contains(address)) {
            done.run();
          } else if (network.isConnected(node.host(), SimZooKeeper.HOST)) {
            network.serve(address, server);
            node.post(network.hopNanos(), done);
          } else {
            node.post(REGISTER_AGAIN.toNanos(), () -> register(address, server, done));
          }
        });
  }

  @Override
  public Completable close(String address) {
    return Completable.create(
        emitter -> {
          served.remove(address);
          network.close(address, node);
          node.post(emitter::onComplete);
        });
  }

  @Override
  public Single<Message> request(String address, Message message, Duration timeout) {
    return Single.create(emitter -> new Request(address, timeout, emitter).go(message));
  }

  @Override
  public void send(String address, Message message) {
    node.mustRun(this);
    SimNetwork.Server server = network.serverOf(node, address);
    if (server != null) {
      Message sent = network.onWire(message);
      network.carry(
          node,
          server.node(),
          () ->
              handled(server, sent)
                  .subscribe(answer -> {}, e -> {}, () -> {}, server.node().subscriptions()));
    }
  }

  @Override
  public void publish(String address, Message message) {
    node.mustRun(this);
    Message sent = network.onWire(message);
    for (SimNetwork.Listener listener : List.copyOf(network.listenersOf(address))) {
      network.carry(node, listener.node(), () -> listener.consumer().accept(sent));
    }
  }

  @Override
  public Completable listen(String address, Consumer<Message> listener) {
    return Completable.create(
        emitter ->
            node.post(
                network.hopNanos(),
                () -> {
                  network.listen(address, new SimNetwork.Listener(node, listener));
                  emitter.onComplete();
                }));
  }

  /** A handler that throws has failed, as it has when its answer is an error. */
  private static Maybe<Message> handled(SimNetwork.Server server, Message message) {
    return Maybe.defer(() -> server.handler().handle(message));
  }

  /** One request that waits for its answer. */
  private final class Request {
    private final String address;
    private final SingleEmitter<Message> emitter;
    private final Disposable timer;

    Request(String address, Duration timeout, SingleEmitter<Message> emitter) {
      this.address = address;
      this.emitter = emitter;
      timer =
          node.schedule(timeout, () -> fail(BusException.Kind.TIMEOUT, "no answer in " + timeout));
    }

    void go(Message message) {
      node.mustRun(SimBus.this);
      SimNetwork.Server server = network.serverOf(node, address);
      if (server == null) {
        node.post(() -> fail(BusException.Kind.NO_HANDLER, "nobody serves it"));
        return;
      }
      Message sent = network.onWire(message);
      network.carry(
          node,
          server.node(),
          () -> {
            node.world().trace(() -> server.node() + " hears from " + node + ": " + sent);
            handled(server, sent)
                .subscribe(
                    answer -> answered(server, network.onWire(answer)),
                    error -> failed(server, error),
                    () -> {},
                    server.node().subscriptions());
          });
    }

    private void answered(SimNetwork.Server server, Message answer) {
      network.carry(
          server.node(),
          node,
          () -> {
            timer.dispose();
            node.world().trace(() -> node + " is answered by " + server.node() + ": " + answer);
            if (!emitter.isDisposed()) {
              emitter.onSuccess(answer);
            }
          });
    }

    private void failed(SimNetwork.Server server, Throwable error) {
      network.carry(server.node(), node, () -> fail(BusException.Kind.FAILED, error.toString()));
    }

    private void fail(BusException.Kind kind, String text) {
      timer.dispose();
      if (!emitter.isDisposed()) {
        emitter.onError(new BusException(kind, address + ": " + text));
      }
    }
  }
}

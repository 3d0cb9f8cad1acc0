package io.porpoise.api.testing;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A bus within one process; everything is handled on one event loop, as the API node's is. */
public final class LocalBus implements Bus {
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<Message>>> listeners = new ConcurrentHashMap<>();
  private final CompositeDisposable answers = new CompositeDisposable();
  private volatile Scheduler loop;

  /** The loop on which everything is handled; known once the node's verticle is there. */
  public void runOn(Scheduler newLoop) {
    loop = newLoop;
  }

  @Override
  public Completable serve(String address, Handler handler) {
    return Completable.fromAction(() -> handlers.put(address, handler));
  }

  @Override
  public Completable close(String address) {
    return Completable.fromAction(() -> handlers.remove(address));
  }

  @Override
  public Single<Message> request(String address, Message message, Duration timeout) {
    return Single.defer(
            () -> {
              Handler handler = handlers.get(address);
              if (handler == null) {
                return Single.<Message>error(
                    new BusException(BusException.Kind.NO_HANDLER, "nobody at " + address));
              }
              return handler.handle(message).toSingle();
            })
        .observeOn(loop)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS, loop)
        .onErrorResumeNext(
            error ->
                Single.error(
                    error instanceof BusException
                        ? error
                        : new BusException(BusException.Kind.TIMEOUT, error.toString())));
  }

  @Override
  public void send(String address, Message message) {
    loop.scheduleDirect(
        () -> {
          Handler handler = handlers.get(address);
          if (handler != null) {
            answers.add(handler.handle(message).subscribe());
          }
        });
  }

  @Override
  public void publish(String address, Message message) {
    loop.scheduleDirect(
        () -> listeners.getOrDefault(address, List.of()).forEach(l -> l.accept(message)));
  }

  @Override
  public Completable listen(String address, Consumer<Message> listener) {
    return Completable.fromAction(
        () -> listeners.computeIfAbsent(address, a -> new CopyOnWriteArrayList<>()).add(listener));
  }
}

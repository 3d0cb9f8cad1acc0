package io.porpoise.worker;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A bus within one event loop. */
public final class TestBus implements Bus {
  private final Map<String, Handler> served = new HashMap<>();
  private final Map<String, Consumer<Message>> listeners = new HashMap<>();

  @Override
  public Completable serve(String address, Handler handler) {
    return Completable.fromAction(() -> served.put(address, handler));
  }

  @Override
  public Completable close(String address) {
    return Completable.fromAction(() -> served.remove(address));
  }

  @Override
  public Single<Message> request(String address, Message message, Duration timeout) {
    return Single.defer(
        () -> {
          Handler handler = served.get(address);
          return handler == null
              ? Single.error(new BusException(BusException.Kind.NO_HANDLER, address))
              : handler
                  .handle(message)
                  .switchIfEmpty(
                      Single.error(new BusException(BusException.Kind.TIMEOUT, address)));
        });
  }

  @Override
  public void send(String address, Message message) {
    throw new UnsupportedOperationException("a worker asks, it does not send");
  }

  @Override
  public void publish(String address, Message message) {
    listeners.getOrDefault(address, heard -> {}).accept(message);
  }

  @Override
  public Completable listen(String address, Consumer<Message> listener) {
    return Completable.fromAction(() -> listeners.put(address, listener));
  }
}

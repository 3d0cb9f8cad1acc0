package io.porpoise.cluster.zookeeper;

import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.rxjava3.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A value that changes, and those who want to hear of it, each on the event loop on which it came.
 * Everybody hears the present value first and then every change in order.
 */
final class Broadcast<T> {
  private final List<Listener<T>> listeners = new ArrayList<>();
  private T value;

  Broadcast(T value) {
    this.value = value;
  }

  synchronized T value() {
    return value;
  }

  synchronized void publish(T newValue) {
    if (!newValue.equals(value)) {
      value = newValue;
      listeners.removeIf(Listener::isDisposed);
      listeners.forEach(listener -> listener.tell(newValue));
    }
  }

  synchronized Disposable add(Context context, Consumer<T> consumer) {
    Listener<T> listener = new Listener<>(context, consumer);
    listeners.add(listener);
    listener.tell(value);
    return listener.listening;
  }

  private record Listener<T>(Context context, Consumer<T> consumer, Disposable listening) {
    Listener(Context context, Consumer<T> consumer) {
      this(context, consumer, Disposable.empty());
    }

    boolean isDisposed() {
      return listening.isDisposed();
    }

    void tell(T value) {
      context.runOnContext(
          v -> {
            if (!isDisposed()) {
              consumer.accept(value);
            }
          });
    }
  }
}

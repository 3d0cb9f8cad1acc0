package io.porpoise.bus;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;

/**
 * The event bus as this system sees it: at most once. Any message may be lost, late, doubled or
 * overtaken; what is said on it must bear that. Handlers run on the event loop that registered
 * them.
 */
public interface Bus {
  /**
   * Serves an address with one handler until {@link #close}; completes when others can reach it.
   * Fails with {@link IllegalStateException} when this bus serves it already.
   */
  Completable serve(String address, Handler handler);

  /** Stops serving; completes at once when it was not served. */
  Completable close(String address);

  /**
   * Asks and waits. Fails with {@link BusException}: its kind tells whether the request certainly
   * did not arrive (NO_HANDLER), was answered with an error (FAILED), or nothing is known
   * (TIMEOUT).
   */
  Single<Message> request(String address, Message message, Duration timeout);

  /** Says it to whoever serves the address, if anybody does. */
  void send(String address, Message message);

  /** Says it to all that {@link #listen} on the address. */
  void publish(String address, Message message);

  /** Hears what is published on an address; any number of listeners in the cluster. */
  Completable listen(String address, java.util.function.Consumer<Message> listener);

  /** Answers one message; empty means that there is no answer to send. */
  @FunctionalInterface
  interface Handler {
    Maybe<Message> handle(Message message);
  }
}

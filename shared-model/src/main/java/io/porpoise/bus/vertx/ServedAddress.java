package io.porpoise.bus.vertx;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.rxjava3.core.eventbus.MessageConsumer;

/** One served address: asks the handler and sends its answer back. Lives on one context. */
final class ServedAddress {
  private static final int HANDLER_FAILED = 500;

  private final String address;
  private final Bus.Handler handler;
  private final Complaints failures;
  private final CompositeDisposable answering = new CompositeDisposable();
  private volatile MessageConsumer<Message> consumer;

  ServedAddress(String address, Bus.Handler handler, Complaints failures) {
    this.address = address;
    this.handler = handler;
    this.failures = failures;
  }

  String address() {
    return address;
  }

  void attach(MessageConsumer<Message> newConsumer) {
    consumer = newConsumer;
  }

  Completable registered() {
    return consumer.rxCompletion();
  }

  /** Answers that are being worked out are still sent. */
  Completable unregister() {
    return consumer == null ? Completable.complete() : consumer.rxUnregister();
  }

  void answer(io.vertx.rxjava3.core.eventbus.Message<Message> request) {
    Maybe.defer(() -> handler.handle(request.body()))
        .map(MessageTypes::checked)
        .subscribe(answer -> reply(request, answer), e -> fail(request, e), () -> {}, answering);
  }

  private static void reply(
      io.vertx.rxjava3.core.eventbus.Message<Message> request, Message answer) {
    if (request.replyAddress() != null) {
      request.reply(answer, VertxBus.options());
    }
  }

  private void fail(io.vertx.rxjava3.core.eventbus.Message<Message> request, Throwable e) {
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    failures.complain(address, "A handler failed: " + text);
    if (request.replyAddress() != null) {
      request.fail(HANDLER_FAILED, text);
    }
  }
}

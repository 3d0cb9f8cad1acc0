package io.porpoise.bus.vertx;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.BusException.Kind;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.eventbus.EventBus;
import io.vertx.rxjava3.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * The bus of one clustered Vert.x; make one per Vert.x, it may be used from all its event loops.
 */
public final class VertxBus implements Bus {
  private static final DeliveryOptions ONE_WAY = options();

  private final Vertx vertx;
  private final EventBus eventBus;
  private final Map<String, ServedAddress> served = new ConcurrentHashMap<>();
  private final Complaints rejections = new Complaints(LoggerFactory.getLogger(VertxBus.class));
  private final Complaints failures = new Complaints(LoggerFactory.getLogger(ServedAddress.class));

  /**
   * @param clusterSecret known to the nodes of this cluster only; messages of others are dropped
   */
  public VertxBus(Vertx vertx, String clusterSecret) {
    this.vertx = vertx;
    eventBus = vertx.eventBus();
    eventBus.registerCodec(new PorpoiseCodec(new Frames(clusterSecret)));
  }

  @Override
  public Completable serve(String address, Handler handler) {
    checkAddress(address);
    return onCallersContext(() -> start(new ServedAddress(address, handler, failures)));
  }

  private Completable start(ServedAddress service) {
    if (served.putIfAbsent(service.address(), service) != null) {
      return Completable.error(
          new IllegalStateException("this bus serves " + service.address() + " already"));
    }
    service.attach(hear(service.address(), service::answer));
    return service.registered().doOnError(e -> served.remove(service.address(), service));
  }

  @Override
  public Completable close(String address) {
    return Completable.defer(
        () -> {
          ServedAddress service = served.remove(address);
          return service == null ? Completable.complete() : service.unregister();
        });
  }

  @Override
  public Single<Message> request(String address, Message message, Duration timeout) {
    DeliveryOptions options = options().setSendTimeout(Math.max(1, timeout.toMillis()));
    return eventBus
        .<Message>rxRequest(address, MessageTypes.checked(message), options)
        .onErrorResumeNext(e -> Single.error(kindOf(address, timeout, e)))
        .map(answer -> trusted(address, answer.body()));
  }

  @Override
  public void send(String address, Message message) {
    eventBus.send(address, MessageTypes.checked(message), ONE_WAY);
  }

  @Override
  public void publish(String address, Message message) {
    eventBus.publish(address, MessageTypes.checked(message), ONE_WAY);
  }

  @Override
  public Completable listen(String address, Consumer<Message> listener) {
    checkAddress(address);
    return onCallersContext(
        () -> hear(address, message -> listener.accept(message.body())).rxCompletion());
  }

  /** How many messages were dropped because they could not be trusted or understood. */
  public long rejectedMessages() {
    return rejections.count();
  }

  /** How many requests were answered with a failure because their handler failed. */
  public long failedHandlers() {
    return failures.count();
  }

  static DeliveryOptions options() {
    return new DeliveryOptions()
        .setCodecName(PorpoiseCodec.NAME)
        .setTracingPolicy(TracingPolicy.IGNORE);
  }

  private MessageConsumer<Message> hear(
      String address, Consumer<io.vertx.rxjava3.core.eventbus.Message<Message>> handler) {
    return eventBus.consumer(
        address,
        message -> {
          if (message.body() instanceof Rejected rejected) {
            rejections.complain(address, "Dropped a message that " + rejected.why());
          } else {
            handler.accept(message);
          }
        });
  }

  /**
   * Vert.x binds a consumer to the context that creates it: that of the caller, not the subscriber.
   */
  private Completable onCallersContext(io.reactivex.rxjava3.functions.Supplier<Completable> work) {
    return Completable.defer(work).subscribeOn(RxHelper.scheduler(vertx.getOrCreateContext()));
  }

  private Message trusted(String address, Message answer) {
    if (answer instanceof Rejected rejected) {
      rejections.complain(address, "Dropped an answer that " + rejected.why());
      throw new BusException(Kind.TIMEOUT, "The answer from " + address + " " + rejected.why());
    }
    return answer;
  }

  private static Throwable kindOf(String address, Duration timeout, Throwable e) {
    if (!(e instanceof ReplyException reply)) {
      return new BusException(Kind.TIMEOUT, "No answer from " + address + ": " + e.getMessage());
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> new BusException(Kind.NO_HANDLER, "Nobody serves " + address);
      case TIMEOUT ->
          new BusException(
              Kind.TIMEOUT, "No answer from " + address + " within " + timeout.toMillis() + " ms");
      case RECIPIENT_FAILURE -> new BusException(Kind.FAILED, reply.getMessage());
      case ERROR -> new BusException(Kind.TIMEOUT, address + " answered: " + reply.getMessage());
    };
  }

  private static void checkAddress(String address) {
    if (address.indexOf('/') >= 0) {
      throw new IllegalArgumentException("the address " + address + " contains a slash");
    }
  }
}

package io.porpoise.bus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.bus.Bus;
import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.cluster.contract.Stage;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * What a bus does as long as nothing is lost. Needs two nodes, 0 and 1; addresses are new in every
 * test.
 */
public abstract class BusContract {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Message QUESTION = new Look(List.of(new WorkflowInstanceId(812)));
  private static final Message PROBE = new Look(List.of());
  private static final Message ANSWER = new WatchAnswer(true, false);

  protected abstract Stage stage();

  protected abstract Bus bus(int node);

  /** An address that nobody has used before. */
  protected abstract String newAddress();

  @Test
  void a_request_reaches_the_other_node_and_its_answer_comes_back() {
    String address = newAddress();
    List<Message> heard = new CopyOnWriteArrayList<>();
    serve(
        0,
        address,
        message -> {
          heard.add(message);
          return Maybe.just(ANSWER);
        });

    assertThat(request(1, address)).isEqualTo(ANSWER);
    assertThat(heard).containsExactly(QUESTION);
  }

  @Test
  void a_request_reaches_its_own_node() {
    String address = newAddress();
    serve(0, address, message -> Maybe.just(ANSWER));

    assertThat(request(0, address)).isEqualTo(ANSWER);
  }

  @Test
  void a_request_does_nothing_until_it_is_subscribed_to() {
    String address = newAddress();
    List<Message> heard = new CopyOnWriteArrayList<>();
    serve(
        0,
        address,
        message -> {
          heard.add(message);
          return Maybe.just(ANSWER);
        });

    Single<Message> request = stage().call(1, () -> bus(1).request(address, QUESTION, LONG));
    assertThat(request(1, address)).isEqualTo(ANSWER);

    assertThat(heard).hasSize(1);
    assertThat(stage().await(1, () -> request)).isEqualTo(ANSWER);
    assertThat(heard).hasSize(2);
  }

  @Test
  void a_request_to_an_address_that_nobody_serves_certainly_did_not_arrive() {
    String address = newAddress();

    assertFailsWith(BusException.Kind.NO_HANDLER, () -> request(1, address));
  }

  @Test
  void a_request_to_an_address_that_is_closed_certainly_did_not_arrive() {
    String address = newAddress();
    serve(0, address, message -> Maybe.just(ANSWER));

    stage().complete(0, () -> bus(0).close(address));

    assertFailsWith(BusException.Kind.NO_HANDLER, () -> request(0, address));
    stage().until("the other node sees the address closed", () -> isUnserved(1, address));
  }

  @Test
  void a_handler_that_gives_no_answer_leaves_the_asker_without_knowledge() {
    String address = newAddress();
    serve(0, address, message -> Maybe.empty());

    assertFailsWith(BusException.Kind.TIMEOUT, () -> request(1, address, SHORT));
  }

  @Test
  void a_handler_that_fails_tells_the_asker_so() {
    String address = newAddress();
    serve(0, address, message -> Maybe.error(new IllegalStateException("spool is full")));

    assertThatThrownBy(() -> request(1, address))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("spool is full")
        .extracting(e -> ((BusException) e).kind())
        .isEqualTo(BusException.Kind.FAILED);
  }

  @Test
  void a_handler_that_throws_tells_the_asker_so_and_goes_on_serving() {
    String address = newAddress();
    AtomicBoolean first = new AtomicBoolean(true);
    serve(
        0,
        address,
        message -> {
          if (first.getAndSet(false)) {
            throw new IllegalStateException("out of luck");
          }
          return Maybe.just(ANSWER);
        });

    assertFailsWith(BusException.Kind.FAILED, () -> request(1, address));
    assertThat(request(1, address)).isEqualTo(ANSWER);
  }

  @Test
  void handlers_run_on_the_loop_that_serves_and_answers_arrive_on_the_loop_that_asks() {
    String address = newAddress();
    AtomicBoolean handledOnLoop = new AtomicBoolean();
    serve(
        0,
        address,
        message -> {
          handledOnLoop.set(stage().isOnLoop(0));
          return Maybe.just(ANSWER);
        });

    boolean answeredOnLoop =
        stage()
            .await(
                1,
                () -> bus(1).request(address, QUESTION, LONG).map(answer -> stage().isOnLoop(1)));

    assertThat(handledOnLoop).isTrue();
    assertThat(answeredOnLoop).isTrue();
  }

  @Test
  void an_address_is_served_by_one_handler_of_a_node() {
    String address = newAddress();
    serve(0, address, message -> Maybe.just(ANSWER));

    assertThatThrownBy(() -> serve(0, address, message -> Maybe.just(ANSWER)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(address);
  }

  @Test
  void an_address_can_be_served_again_after_it_was_closed() {
    String address = newAddress();
    serve(0, address, message -> Maybe.just(new WatchAnswer(false, false)));
    stage().complete(0, () -> bus(0).close(address));

    serve(0, address, message -> Maybe.just(ANSWER));

    assertThat(request(0, address)).isEqualTo(ANSWER);
  }

  @Test
  void closing_an_address_that_is_not_served_completes() {
    stage().complete(0, () -> bus(0).close(newAddress()));
  }

  @Test
  void what_is_sent_reaches_the_one_that_serves() {
    String address = newAddress();
    List<Message> heard = new CopyOnWriteArrayList<>();
    serve(
        0,
        address,
        message -> {
          heard.add(message);
          return Maybe.empty();
        });

    stage().run(1, () -> bus(1).send(address, QUESTION));

    stage().until("the sent message is heard", () -> !heard.isEmpty());
    assertThat(heard).containsExactly(QUESTION);
  }

  @Test
  void sending_to_nobody_is_no_error() {
    stage().run(1, () -> bus(1).send(newAddress(), QUESTION));
  }

  @Test
  void what_is_published_is_heard_by_all_listeners_of_all_nodes() {
    String address = newAddress();
    List<String> heard = new CopyOnWriteArrayList<>();
    listen(0, address, "0a", heard);
    listen(0, address, "0b", heard);
    listen(1, address, "1", heard);

    // A publication may miss a listener whose registration has not reached the publisher yet: at
    // most once.
    stage()
        .until(
            "all three have heard something",
            () -> {
              stage().run(1, () -> bus(1).publish(address, QUESTION));
              return heard.containsAll(List.of("0a", "0b", "1"));
            });
  }

  private void listen(int node, String address, String name, List<String> heard) {
    stage()
        .complete(
            node,
            () ->
                bus(node)
                    .listen(
                        address,
                        message -> {
                          if (message.equals(QUESTION) && stage().isOnLoop(node)) {
                            heard.add(name);
                          }
                        }));
  }

  private boolean isUnserved(int node, String address) {
    try {
      return request(node, address, SHORT) == null;
    } catch (BusException e) {
      return e.kind() == BusException.Kind.NO_HANDLER;
    }
  }

  /** Completes when both nodes know. */
  protected final void serve(int node, String address, Bus.Handler handler) {
    stage()
        .complete(
            node,
            () ->
                bus(node)
                    .serve(
                        address,
                        message ->
                            message.equals(PROBE) ? Maybe.just(PROBE) : handler.handle(message)));
    stage().until("both nodes know who serves", () -> isServed(0, address) && isServed(1, address));
  }

  /** A registration is known to the other nodes only a moment after it is made. */
  protected final boolean isServed(int node, String address) {
    return isServed(node, address, LONG);
  }

  protected final boolean isServed(int node, String address, Duration timeout) {
    try {
      return stage().await(node, () -> bus(node).request(address, PROBE, timeout)).equals(PROBE);
    } catch (BusException e) {
      return false;
    }
  }

  private Message request(int node, String address) {
    return request(node, address, LONG);
  }

  private Message request(int node, String address, Duration timeout) {
    return stage().await(node, () -> bus(node).request(address, QUESTION, timeout));
  }

  private static void assertFailsWith(
      BusException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(BusException.class)
        .extracting(e -> ((BusException) e).kind())
        .isEqualTo(kind);
  }
}

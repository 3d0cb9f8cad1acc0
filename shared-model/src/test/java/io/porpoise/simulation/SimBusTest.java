package io.porpoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.BusException;
import io.porpoise.bus.Message;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimBusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimNode asker = new SimNode(world, "asker");
  private final SimNode server = new SimNode(world, "server");
  private final SimBus askerBus = new SimBus(asker, network);
  private final SimBus serverBus = new SimBus(server, network);
  private final List<String> heard = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();

  private record Word(String text) implements Message {}

  @BeforeEach
  void serve() {
    serverBus
        .serve(
            "echo",
            message -> {
              heard.add(((Word) message).text());
              return Maybe.just(message);
            })
        .subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(PATIENCE);
  }

  private void ask(String address) {
    askerBus
        .request(address, new Word("hello"), PATIENCE)
        .subscribe(answers::add, e -> answers.add(((BusException) e).kind()), subscriptions);
  }

  @Test
  void a_request_is_answered_later_and_never_at_once() {
    ask("echo");
    assertThat(answers).isEmpty();

    world.runFor(PATIENCE);

    assertThat(answers).containsExactly(new Word("hello"));
  }

  @Test
  void nobody_serves_an_address_that_was_never_served_or_whose_server_has_crashed() {
    ask("elsewhere");
    world.runFor(PATIENCE);
    server.crash();
    ask("echo");
    world.runFor(PATIENCE);

    assertThat(answers).containsExactly(BusException.Kind.NO_HANDLER, BusException.Kind.NO_HANDLER);
  }

  @Test
  void a_lost_answer_is_a_timeout_although_the_request_was_handled() {
    network.cut("server", "asker");

    ask("echo");
    world.runFor(PATIENCE.multipliedBy(2));

    assertThat(heard).containsExactly("hello");
    assertThat(answers).containsExactly(BusException.Kind.TIMEOUT);
  }

  @Test
  void what_a_cut_link_holds_back_arrives_when_it_is_healed() {
    network.cut("asker", "server");
    network.holdBack("asker", "server");
    ask("echo");
    world.runFor(PATIENCE.multipliedBy(2));
    assertThat(heard).isEmpty();

    network.heal("asker", "server");
    world.runFor(PATIENCE);

    assertThat(heard).containsExactly("hello");
    assertThat(answers).containsExactly(BusException.Kind.TIMEOUT);
  }

  @Test
  void a_doubled_request_is_handled_twice_and_answered_once() {
    network.setFaults(new NetworkFaults(0, 1, 0, Duration.ZERO));

    ask("echo");
    world.runFor(PATIENCE);

    assertThat(heard).containsExactly("hello", "hello");
    assertThat(answers).hasSize(1);
  }

  @Test
  void a_late_message_is_overtaken() {
    network.setFaults(new NetworkFaults(0, 0, 1, Duration.ofHours(1)));
    askerBus.send("echo", new Word("first"));
    network.setFaults(NetworkFaults.NONE);
    askerBus.send("echo", new Word("second"));

    world.runFor(Duration.ofHours(2));

    assertThat(heard).containsExactly("second", "first");
  }

  @Test
  void a_paused_server_answers_when_it_goes_on_and_that_may_be_too_late() {
    server.pause();
    ask("echo");
    world.runFor(PATIENCE.multipliedBy(2));
    server.resume();
    world.runFor(PATIENCE);

    assertThat(heard).containsExactly("hello");
    assertThat(answers).containsExactly(BusException.Kind.TIMEOUT);
  }

  @Test
  void a_handler_that_throws_or_answers_with_an_error_has_failed() {
    serverBus
        .serve("broken", message -> Maybe.error(new IllegalStateException("no")))
        .subscribe(() -> {}, e -> {}, subscriptions);
    serverBus
        .serve(
            "worse",
            message -> {
              throw new IllegalStateException("no");
            })
        .subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(PATIENCE);

    ask("broken");
    ask("worse");
    world.runFor(PATIENCE);

    assertThat(answers).containsExactly(BusException.Kind.FAILED, BusException.Kind.FAILED);
  }

  @Test
  void everybody_who_listens_hears_what_is_published() {
    askerBus
        .listen("news", message -> heard.add("asker"))
        .subscribe(() -> {}, e -> {}, subscriptions);
    serverBus
        .listen("news", message -> heard.add("server"))
        .subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(PATIENCE);

    askerBus.publish("news", new Word("x"));
    world.runFor(PATIENCE);

    assertThat(heard).containsExactlyInAnyOrder("asker", "server");
  }

  @Test
  void a_closed_address_is_served_by_nobody() {
    serverBus.close("echo").subscribe(() -> {}, e -> {}, subscriptions);
    ask("echo");
    world.runFor(PATIENCE);

    assertThat(answers).containsExactly(BusException.Kind.NO_HANDLER);
  }
}

package io.porpoise.bus.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.contract.BusContract;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.cluster.contract.Stage;
import io.porpoise.cluster.zookeeper.TestCluster;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VertxBusTest extends BusContract {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.of(2, Duration.ofSeconds(6));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  protected Stage stage() {
    return cluster;
  }

  @Override
  protected Bus bus(int node) {
    return cluster.bus(node);
  }

  @Override
  protected String newAddress() {
    return "test." + ADDRESSES.incrementAndGet();
  }

  @Test
  void within_a_process_the_message_itself_is_handed_over() {
    String address = newAddress();
    Message question = new Look(List.of());
    List<Message> heard = new CopyOnWriteArrayList<>();
    cluster.complete(
        0,
        () ->
            bus(0)
                .serve(
                    address,
                    message -> {
                      heard.add(message);
                      return Maybe.just(message);
                    }));

    Message answer =
        cluster.await(0, () -> bus(0).request(address, question, Duration.ofSeconds(5)));

    assertThat(heard).hasSize(1).first().isSameAs(question);
    assertThat(answer).isSameAs(question);
  }

  @Test
  void a_big_chunk_of_a_log_crosses_unchanged() {
    String address = newAddress();
    byte[] bytes = new byte[1 << 20];
    new Random(62).nextBytes(bytes);
    serve(0, address, message -> Maybe.just(new LogChunk(true, 0, bytes.length, true, bytes)));

    LogChunk answer = (LogChunk) ask(1, address);

    assertThat(answer.bytes()).isEqualTo(bytes);
  }

  @Test
  void messages_of_somebody_without_the_secret_are_dropped_and_counted() {
    String address = newAddress();
    AtomicInteger heard = new AtomicInteger();
    cluster.complete(
        0,
        () ->
            bus(0)
                .serve(
                    address,
                    message -> {
                      heard.incrementAndGet();
                      return Maybe.just(message);
                    }));
    int stranger = cluster.addNode("a guessed secret");

    cluster.until(
        "it is rejected",
        () -> {
          assertThat(isServed(stranger, address, Duration.ofMillis(200))).isFalse();
          return cluster.bus(0).rejectedMessages() > 0;
        });

    assertThat(heard).hasValue(0);
    cluster.until("friends are heard", () -> isServed(1, address));
  }

  @Test
  void an_address_with_a_slash_is_refused() {
    assertThatThrownBy(
            () -> cluster.complete(0, () -> bus(0).serve("a/b", message -> Maybe.empty())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Message ask(int node, String address) {
    return cluster.await(
        node, () -> bus(node).request(address, new WatchAnswer(true, true), Duration.ofSeconds(5)));
  }
}

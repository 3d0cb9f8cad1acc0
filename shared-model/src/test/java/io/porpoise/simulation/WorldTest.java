package io.porpoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
  private final World world = new World(1);
  private final List<String> happened = new ArrayList<>();

  @Test
  void events_happen_in_the_order_of_time_and_then_of_insertion() {
    world.after(Duration.ofMillis(2), () -> happened.add("c"));
    world.after(Duration.ofMillis(1), () -> happened.add("a"));
    world.after(Duration.ofMillis(1), () -> happened.add("b"));

    world.runFor(Duration.ofMillis(3));

    assertThat(happened).containsExactly("a", "b", "c");
    assertThat(world.elapsed()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void a_crashed_node_runs_nothing_any_more() {
    SimNode node = new SimNode(world, "m1");
    node.post(1000, () -> happened.add("never"));
    world.after(Duration.ofNanos(10), node::crash);

    world.runFor(Duration.ofSeconds(1));

    assertThat(happened).isEmpty();
  }

  @Test
  void a_paused_node_catches_up_in_order_when_it_goes_on() {
    SimNode node = new SimNode(world, "m1");
    node.clock().schedule(Duration.ofSeconds(1), () -> happened.add("first"));
    node.clock().schedule(Duration.ofSeconds(2), () -> happened.add("second"));
    node.pause();
    world.runFor(Duration.ofSeconds(5));
    assertThat(happened).isEmpty();

    node.resume();
    node.post(() -> happened.add("third"));
    world.runFor(Duration.ofSeconds(1));

    assertThat(happened).containsExactly("first", "second", "third");
  }

  @Test
  void a_timer_can_be_cancelled_even_while_it_waits_for_a_paused_node() {
    SimNode node = new SimNode(world, "m1");
    var timer = node.clock().schedule(Duration.ofSeconds(1), () -> happened.add("never"));
    node.pause();
    world.runFor(Duration.ofSeconds(2));

    timer.dispose();
    node.resume();
    world.runFor(Duration.ofSeconds(1));

    assertThat(happened).isEmpty();
  }

  @Test
  void a_timer_never_fires_early_by_its_own_drifting_clock() {
    for (long drift : new long[] {-50_000, -7, 0, 7, 50_000}) {
      SimNode node = new SimNode(world, "m" + drift, drift);
      long begun = node.clock().monotonicNanos();
      Duration delay = Duration.ofNanos(123_456_789_013L);
      node.clock()
          .schedule(
              delay,
              () -> {
                long took = node.clock().monotonicNanos() - begun;
                assertThat(took).isBetween(delay.toNanos(), delay.toNanos() + 1_000);
                happened.add(node.host());
              });
    }

    world.runFor(Duration.ofMinutes(3));

    assertThat(world.failures()).isEmpty();
    assertThat(happened).hasSize(5);
  }

  @Test
  void a_jump_of_the_wall_clock_moves_neither_timers_nor_the_monotonic_clock() {
    SimNode node = new SimNode(world, "m1");
    node.clock().schedule(Duration.ofSeconds(1), () -> happened.add("due"));

    node.clock().jump(Duration.ofHours(-1));
    world.runFor(Duration.ofMillis(1500));

    assertThat(happened).containsExactly("due");
    assertThat(node.clock().monotonicNanos()).isEqualTo(1_500_000_000);
    assertThat(node.clock().now()).isEqualTo(World.GENESIS.plusMillis(1500).minusSeconds(3600));
  }

  @Test
  void a_callback_that_throws_fails_the_history() {
    SimNode node = new SimNode(world, "m1");
    node.post(
        () -> {
          throw new IllegalStateException("oops");
        });

    world.runFor(Duration.ofSeconds(1));

    assertThat(world.failures()).singleElement().asString().contains("oops", "m1");
  }

  @Test
  void the_loops_of_a_process_pause_and_die_together_but_are_held_up_alone() {
    SimNode node = new SimNode(world, "m1");
    SimNode loop = node.newLoop();
    loop.stall();
    node.post(() -> happened.add("node"));
    loop.post(() -> happened.add("loop"));
    world.runFor(Duration.ofSeconds(1));
    assertThat(happened).containsExactly("node");

    node.pause();
    loop.unstall();
    world.runFor(Duration.ofSeconds(1));
    assertThat(happened).containsExactly("node");

    node.resume();
    world.runFor(Duration.ofSeconds(1));
    assertThat(happened).containsExactly("node", "loop");

    loop.post(1000, () -> happened.add("never"));
    node.crash();
    world.runFor(Duration.ofSeconds(1));
    assertThat(happened).containsExactly("node", "loop");
  }

  @Test
  void what_one_loop_says_to_another_takes_time_and_keeps_its_order() {
    SimNode node = new SimNode(world, "m1");
    SimNode loop = node.newLoop();
    long[] at = new long[1];
    node.post(
        () -> {
          for (int i = 0; i < 20; i++) {
            String word = String.valueOf(i);
            var unused =
                loop.clock()
                    .schedule(
                        Duration.ZERO,
                        () -> {
                          happened.add(word);
                          at[0] = world.nanos();
                        });
          }
        });

    world.runFor(Duration.ofSeconds(1));

    assertThat(happened)
        .hasSize(20)
        .isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
    assertThat(at[0]).isPositive();
  }

  @Test
  void what_belongs_to_one_loop_must_not_be_used_on_another() {
    SimNode node = new SimNode(world, "m1");
    SimBus bus = new SimBus(node.newLoop(), new SimNetwork(world));
    node.post(() -> bus.publish("news", new io.porpoise.bus.message.Look(List.of())));

    world.runFor(Duration.ofSeconds(1));

    assertThat(world.failures()).singleElement().asString().contains("SimBus of m1.1", "on m1");
  }

  @Test
  void the_same_seed_gives_the_same_history_and_another_one_does_not() {
    assertThat(hashOf(7)).isEqualTo(hashOf(7)).isNotEqualTo(hashOf(8));
  }

  private static long hashOf(long seed) {
    World world = new World(seed);
    SimNetwork network = new SimNetwork(world);
    SimNode node = new SimNode(world, "m1");
    for (int i = 0; i < 10; i++) {
      node.post(network.hopNanos(), () -> node.post(network.hopNanos(), () -> {}));
    }
    world.runFor(Duration.ofSeconds(1));
    return world.hash();
  }
}

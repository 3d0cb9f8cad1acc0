package io.porpoise.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.NodeId;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossWatchTest {
  private static final NodeId WORKER = new NodeId("w1");
  private static final int SLOT = 7;
  private static final Fencing FENCING = new Fencing(seconds(6), seconds(20), seconds(8));

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private final List<Long> lostAtSeconds = new ArrayList<>();
  private long adoptedNanos;
  private boolean isPresent = true;
  private LossWatch watch;

  @BeforeEach
  void begin() {
    watch = new LossWatch(node.clock(), FENCING, slot -> adoptedNanos, this::due);
    adoptedNanos = seconds(-100).toNanos();
    watch.sees(true);
  }

  @Test
  void a_worker_that_dies_is_given_up_28_s_after_its_last_acknowledgement() {
    watch.acknowledged(WORKER);
    world.runFor(seconds(6));
    missWorker();

    world.runFor(seconds(60));

    assertThat(lostAtSeconds).containsExactly(28L);
  }

  @Test
  void without_acknowledgements_it_is_given_up_when_its_last_answer_of_the_registry_is_over() {
    missWorker();

    world.runFor(seconds(60));

    assertThat(lostAtSeconds).containsExactly(14L);
  }

  @Test
  void who_has_taken_a_slot_over_waits_for_what_its_predecessor_may_have_granted() {
    adoptedNanos = 0;
    missWorker();

    world.runFor(seconds(60));

    assertThat(lostAtSeconds).containsExactly(28L);
  }

  @Test
  void a_worker_that_comes_back_is_not_given_up() {
    missWorker();
    world.runFor(seconds(13));
    isPresent = true;
    check();

    world.runFor(seconds(60));

    assertThat(lostAtSeconds).isEmpty();
    assertThat(watch.missed(WORKER, SLOT)).isNull();
  }

  @Test
  void a_master_that_does_not_see_the_registry_gives_nobody_up_and_then_counts_anew() {
    missWorker();
    world.runFor(seconds(5));
    watch.sees(false);
    world.runFor(seconds(60));
    assertThat(lostAtSeconds).isEmpty();

    watch.sees(true);
    world.runFor(seconds(60));

    assertThat(lostAtSeconds).containsExactly(65L + 14);
  }

  @Test
  void a_master_that_was_frozen_counts_anew() {
    missWorker();
    world.runFor(seconds(5));
    node.pause();
    world.runFor(seconds(60));
    node.resume();
    world.runFor(seconds(60));

    assertThat(lostAtSeconds).containsExactly(65L + 14);
  }

  @Test
  void the_wait_is_told_in_wall_clock_time() {
    watch.acknowledged(WORKER);
    missWorker();
    world.runFor(seconds(3));

    LossWatch.Missed missed = watch.missed(WORKER, SLOT);

    assertThat(missed.since()).isEqualTo(World.GENESIS);
    assertThat(missed.lostAt()).isEqualTo(World.GENESIS.plusSeconds(28));
  }

  private void missWorker() {
    isPresent = false;
    check();
  }

  private void check() {
    watch.update(worker -> isPresent, List.of(WORKER));
  }

  private void due(NodeId worker) {
    if (watch.isLost(worker, SLOT) && lostAtSeconds.isEmpty()) {
      lostAtSeconds.add(world.elapsed().toSeconds());
    }
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}

package io.porpoise.master.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Slot;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdoptionTest {
  private static final int PAGE = 2;

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private final Reads reads = new Reads();
  private final Memory memory = new Memory();
  private final Adoption adoption = new Adoption(node.clock(), reads, PAGE, memory);

  @Test
  void a_slot_goes_on_when_it_is_read_whatever_is_left_of_the_others() {
    claim(5, 1, 2, 3);

    answer(false, id(1, 0), id(2, 0));
    assertThat(memory.ready).containsExactly(1);
    answer(true, id(3, 0));

    assertThat(memory.ready).containsExactly(1, 2, 3);
    assertThat(memory.entered).isEqualTo(List.of(id(1, 0), id(2, 0), id(3, 0)));
    assertThat(memory.caughtUp).isEqualTo("3 slots, 3 instances");
    assertThat(reads.asked).isEmpty();
  }

  @Test
  void one_page_is_read_at_a_time_and_the_next_begins_where_it_ended() {
    claim(5, 1, 2);
    assertThat(reads.asked).hasSize(1);

    answer(false, id(1, 0), id(1, 1));
    assertThat(memory.ready).isEmpty();

    assertThat(reads.asked).hasSize(1);
    assertThat(reads.asked.peek().slots()).containsExactly(1, 2);
    assertThat(reads.asked.peek().after()).isEqualTo(id(1, 1));
  }

  @Test
  void what_somebody_asks_about_is_read_before_the_rest() {
    claim(5, 1, 2, 3);
    adoption.wish(3);
    adoption.wish(99);
    answer(false, id(1, 0), id(1, 1));

    assertThat(reads.asked.peek().slots()).containsExactly(3);
    answer(true, id(3, 0));
    assertThat(memory.ready).containsExactly(3);
    assertThat(reads.asked.peek().slots()).containsExactly(1, 2);
  }

  @Test
  void a_slot_that_is_lost_again_is_read_no_further() {
    claim(5, 1, 2);
    lose(1);
    answer(false, id(1, 0), id(1, 1));

    assertThat(memory.entered).isEmpty();
    assertThat(reads.asked.peek().slots()).containsExactly(2);
    answer(true);
    assertThat(memory.ready).containsExactly(2);
  }

  @Test
  void rows_read_before_a_slot_was_lost_and_gained_again_are_not_believed() {
    claim(5, 1);
    answer(false, id(1, 0), id(1, 1));
    lose(1);
    claim(7, 1);
    answer(true, id(1, 2));

    assertThat(memory.entered).doesNotContain(id(1, 2));
    assertThat(memory.ready).isEmpty();
    assertThat(reads.asked.peek().after()).isEqualTo(new WorkflowInstanceId(0));
    answer(true, id(1, 3));
    assertThat(memory.ready).containsExactly(1);
  }

  @Test
  void a_database_that_does_not_answer_is_asked_again() {
    claim(5, 1);
    reads.asked.poll().answer().onError(new IllegalStateException("away"));
    assertThat(reads.asked).isEmpty();

    world.runFor(Duration.ofSeconds(1));
    answer(true, id(1, 0));

    assertThat(memory.ready).containsExactly(1);
  }

  private void claim(long epoch, int... slots) {
    Map<Integer, Long> claimed = new TreeMap<>();
    for (int slot : slots) {
      claimed.put(slot, epoch);
    }
    memory.epochs.putAll(claimed);
    adoption.add(claimed);
  }

  private void lose(int slot) {
    memory.epochs.remove(slot);
    adoption.forget(List.of(slot));
  }

  private void answer(boolean isLast, WorkflowInstanceId... ids) {
    reads.asked.poll().answer().onSuccess(new RunStore.IdPage(List.of(ids), isLast));
    world.runFor(Duration.ofMillis(1));
  }

  /** The number-th id of a slot. */
  private static WorkflowInstanceId id(int slot, int number) {
    long value =
        LongStream.iterate(1, i -> i + 1)
            .filter(i -> Slot.of(i) == slot)
            .skip(number)
            .findFirst()
            .orElseThrow();
    return new WorkflowInstanceId(value);
  }
}

package io.porpoise.master.engine;

import static io.porpoise.master.engine.RunDriver.W1;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.GroupClaim;
import io.porpoise.instance.TaskState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class GroupSlotTest {
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void it_waits_for_a_slot_before_it_waits_for_a_worker() {
    start();
    assertThat(driver.current("a").claim()).isEqualTo(new GroupClaim("db", 0));
    assertThat(driver.effects).containsExactly(new Effect.AwaitSlot(driver.current("a")));

    driver.event("a", new TaskEvent.SlotGranted());

    assertThat(driver.effects).contains(new Effect.Enqueue(driver.current("a")));
  }

  @RepeatedTest(2)
  void the_end_of_the_attempt_frees_its_slot() {
    start().event("a", new TaskEvent.SlotGranted()).succeed("a");

    assertThat(driver.effects).contains(new Effect.FreeSlot("db"));
  }

  @RepeatedTest(2)
  void a_lost_attempt_frees_its_slot_and_its_replacement_waits_for_one() {
    start().event("a", new TaskEvent.SlotGranted()).assign("a");
    driver.effects.clear();

    driver.event("a", new TaskEvent.Lost(W1, RunDriver.EXIT_1));

    assertThat(driver.effects)
        .contains(new Effect.FreeSlot("db"), new Effect.AwaitSlot(driver.current("a")));
    assertThat(driver.state("a")).isEqualTo(TaskState.SUBMITTED);
  }

  @RepeatedTest(2)
  void a_task_killed_while_it_waits_leaves_the_queue() {
    start().stop();

    assertThat(driver.effects).contains(new Effect.FreeSlot("db"));
  }

  private RunDriver start() {
    return driver.start("a->", Map.of("a", Definitions.inGroup("a", "db")));
  }
}

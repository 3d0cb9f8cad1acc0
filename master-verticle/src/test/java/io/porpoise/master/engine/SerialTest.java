package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.Reopening;
import io.porpoise.instance.WorkflowState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Each situation runs twice: on one master, and with a take-over before every event. */
class SerialTest {
  private final RunDriver driver = new RunDriver();

  @BeforeEach
  void second_time_with_take_overs(RepetitionInfo repetition) {
    driver.takenOverEachTime = repetition.getCurrentRepetition() == 2;
  }

  @RepeatedTest(2)
  void it_asks_for_its_turn_and_begins_when_it_is_the_first() {
    waiting(5).takeOver();
    assertThat(driver.effects).contains(new Effect.AwaitTurn(9, 5));
    assertThat(driver.state()).isEqualTo(WorkflowState.SERIAL_WAIT);

    driver.apply(new WorkflowEvent.Admitted(5));

    assertThat(driver.states()).isEqualTo("a=SUBMITTED");
  }

  @RepeatedTest(2)
  void a_word_about_another_place_is_old_news() {
    waiting(5).apply(new WorkflowEvent.Admitted(4));

    assertThat(driver.state()).isEqualTo(WorkflowState.SERIAL_WAIT);
  }

  @RepeatedTest(2)
  void whoever_ends_leaves_the_queue_and_lets_the_next_one_go_on() {
    waiting(5).apply(new WorkflowEvent.Admitted(5)).succeed("a");

    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
    assertThat(driver.leftTickets).containsExactly(5L);
    assertThat(driver.run.instance().ticket()).isZero();
    assertThat(driver.effects).contains(new Effect.HandOver(9));
  }

  @RepeatedTest(2)
  void a_pause_leaves_the_queue_as_well() {
    waiting(5).apply(new WorkflowEvent.Admitted(5)).pause();

    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
    assertThat(driver.leftTickets).containsExactly(5L);
  }

  @RepeatedTest(2)
  void a_pause_ends_the_wait_and_a_resume_waits_again() {
    waiting(5).pause();

    assertThat(driver.state()).isEqualTo(WorkflowState.PAUSED);
    assertThat(driver.leftTickets).containsExactly(5L);

    driver.apply(new WorkflowEvent.ReopenRequested(Reopening.RESUME, 8, "admin"));
    assertThat(driver.state()).isEqualTo(WorkflowState.SERIAL_WAIT);

    driver.apply(new WorkflowEvent.Admitted(8)).succeed("a");
    assertThat(driver.state()).isEqualTo(WorkflowState.SUCCEEDED);
  }

  @RepeatedTest(2)
  void a_stop_ends_the_wait() {
    waiting(5).stop();

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(driver.leftTickets).containsExactly(5L);
    assertThat(driver.effects).contains(new Effect.HandOver(9));
  }

  @RepeatedTest(2)
  void a_rerun_waits_for_its_turn_and_then_runs_everything_again() {
    waiting(5).apply(new WorkflowEvent.Admitted(5)).succeed("a");

    driver.apply(new WorkflowEvent.ReopenRequested(Reopening.RERUN, 8, "admin"));
    assertThat(driver.state()).isEqualTo(WorkflowState.SERIAL_WAIT);
    assertThat(driver.states()).isEqualTo("a=SUCCEEDED");

    driver.apply(new WorkflowEvent.Admitted(5));
    assertThat(driver.state()).isEqualTo(WorkflowState.SERIAL_WAIT);

    driver.apply(new WorkflowEvent.Admitted(8));
    assertThat(driver.states()).isEqualTo("a=SUBMITTED");
    assertThat(driver.run.instance().runTimes()).isEqualTo(2);

    driver.succeed("a");
    assertThat(driver.leftTickets).containsExactly(5L, 8L);
  }

  @RepeatedTest(2)
  void a_stop_while_a_rerun_waits_stops_it_although_all_tasks_have_succeeded() {
    waiting(5).apply(new WorkflowEvent.Admitted(5)).succeed("a");
    driver.apply(new WorkflowEvent.ReopenRequested(Reopening.RERUN, 8, "admin")).stop();

    assertThat(driver.state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(driver.leftTickets).containsExactly(5L, 8L);
  }

  private RunDriver waiting(long ticket) {
    return driver.make(
        "a->", Map.of(), change -> change.state(WorkflowState.SERIAL_WAIT).ticket(ticket).done());
  }
}

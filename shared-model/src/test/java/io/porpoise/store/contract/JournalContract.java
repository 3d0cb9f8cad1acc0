package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.M2;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.alerts;
import static io.porpoise.store.contract.Rows.applied;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.change;
import static io.porpoise.store.contract.Rows.child;
import static io.porpoise.store.contract.Rows.entry;
import static io.porpoise.store.contract.Rows.fullTask;
import static io.porpoise.store.contract.Rows.history;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.start;
import static io.porpoise.store.contract.Rows.task;
import static io.porpoise.store.contract.Rows.tasks;
import static io.porpoise.store.contract.Rows.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.Reopening;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.parameter.Parameters;
import io.porpoise.parameter.StoredBytes;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Recorded;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceQueries.HistoryRow;
import io.porpoise.store.Journal;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches: all or nothing, for owners only. */
public abstract class JournalContract {
  private List<SlotRow> owned;

  protected abstract StoreStage stage();

  /** A change of the instance that the store refuses for its data, however often it is tried. */
  protected abstract InstanceChange poisoned(WorkflowInstance instance);

  @BeforeEach
  void m1_owns_all_slots_and_two_instances_wait() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
    stage().run(stage().intake().start(start(1)));
    stage().run(stage().intake().start(start(2)));
  }

  private Journal.Outcome commit(Batch batch) {
    return stage().await(stage().journal().commit(batch));
  }

  private void write(Batch batch) {
    assertThat(commit(batch)).isEqualTo(new Journal.Committed());
  }

  private StoredRun run(long id) {
    return stage().await(stage().runs().load(List.of(id(id)))).get(0);
  }

  private InstanceChange running(long id) {
    return change(run(id).instance().started(NOON));
  }

  private long recorded(Wish wish) {
    return ((Recorded) stage().await(stage().intake().command(wish))).commandId();
  }

  private long lastSeq() {
    return stage().await(stage().journal().lastSeq(M1, INCARNATION, 0));
  }

  @Test
  void an_instance_and_a_task_that_are_as_large_as_may_be_are_written() {
    Map<String, String> outputs = incompressible();
    Map<String, String> params = incompressible();
    TaskInstance task = fullTask(100, 1).change().params(params).outputs(outputs).done();
    WorkflowInstance instance = run(1).instance().started(NOON).change().outputs(outputs).done();

    write(batch(1, owned, change(instance, task)));

    assertThat(run(1).instance()).isEqualTo(instance);
    assertThat(run(1).tasks()).containsExactly(task);
  }

  /** Values up to their limit together, of random characters of three bytes each. */
  private static Map<String, String> incompressible() {
    Random random = new Random(5);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < 21; i++) {
      StringBuilder value = new StringBuilder();
      random.ints(65_536, 0x800, 0xd800).forEach(c -> value.append((char) c));
      values.put("p" + i, value.toString());
    }
    assertThat(StoredBytes.of(values))
        .isBetween(Parameters.TOGETHER_BYTES_MAX * 98L / 100, (long) Parameters.TOGETHER_BYTES_MAX);
    return values;
  }

  @Test
  void whole_rows_come_back_as_they_were_written() {
    WorkflowInstance ended =
        run(1)
            .instance()
            .started(NOON.plusMillis(1))
            .ended(
                WorkflowState.FAILED,
                new Reason("TASK_FAILED", "extract failed"),
                Map.of("rows", "42", "nothing", ""),
                NOON.plusSeconds(9));
    TaskInstance full = fullTask(100, 1);
    TaskInstance bare = task(101, 1);

    Journal.Outcome outcome = commit(batch(1, owned, change(ended, full, bare)));

    assertThat(outcome).isEqualTo(new Journal.Committed());
    assertThat(run(1)).isEqualTo(new StoredRun(ended, List.of(full, bare)));
  }

  @Test
  void what_a_reopened_instance_waits_with_comes_back_as_it_was_written() {
    Parent parent = new Parent(id(2), new TaskInstanceId(200), 3);
    Start start = child(5, parent);
    stage().run(stage().intake().start(start));
    WorkflowInstance waiting =
        run(5)
            .instance()
            .change()
            .state(WorkflowState.SERIAL_WAIT)
            .runTimes(2)
            .round(4)
            .ticket(99)
            .reopening(Reopening.RECOVER_FAILED)
            .done();

    write(batch(1, owned, change(waiting)));

    assertThat(run(5).instance()).isEqualTo(waiting);
    assertThat(waiting.parent()).isEqualTo(parent);

    WorkflowInstance going = waiting.change().ticket(0).reopening(null).done();
    write(batch(2, owned, change(going)));

    assertThat(run(5).instance()).isEqualTo(going);
  }

  @Test
  void an_alert_is_raised_once_for_an_instance_or_a_task_in_each_round() {
    Alert first = new Alert(Alert.Kind.WORKFLOW_TIMEOUT, 1, null, "it takes long, 很久");
    Alert second = new Alert(Alert.Kind.WORKFLOW_TIMEOUT, 2, null, "it takes long again");
    Alert ofTask = new Alert(Alert.Kind.TASK_TIMEOUT, 1, new TaskInstanceId(7), "it as well");
    Alert repeated = new Alert(Alert.Kind.WORKFLOW_TIMEOUT, 1, null, "it takes even longer");

    write(batch(1, owned, alerts(1, first, ofTask), alerts(2, first)));
    write(batch(2, owned, alerts(1, repeated, second, ofTask)));

    assertThat(stage().alerts(id(1))).containsExactlyInAnyOrder(first, ofTask, second);
    assertThat(stage().alerts(id(2))).containsExactly(first);
  }

  @Test
  void an_alert_does_not_outlive_its_batch() {
    InstanceChange alert =
        alerts(1, new Alert(Alert.Kind.WORKFLOW_TIMEOUT, 1, null, "it takes long"));

    assertThat(commit(batch(1, owned, alert, poisoned(run(2).instance()))))
        .isInstanceOf(Journal.Rejected.class);

    assertThat(stage().alerts(id(1))).isEmpty();
  }

  @Test
  void a_later_batch_overwrites_whole_rows_also_with_less() {
    TaskInstance full = fullTask(100, 1);
    TaskInstance emptied =
        full.change()
            .state(TaskState.SUBMITTED)
            .worker(null)
            .startTime(null)
            .endTime(null)
            .dueAt(null)
            .killCause(null)
            .exitCode(null)
            .reason(null)
            .branch(null)
            .child(null)
            .params(Map.of())
            .outputs(Map.of())
            .done();
    write(batch(1, owned, tasks(full)));

    write(batch(2, owned, tasks(emptied)));

    assertThat(run(1).tasks()).containsExactly(emptied);
  }

  @Test
  void a_batch_of_many_instances_and_tasks_is_written_as_a_whole() {
    List<InstanceChange> changes = new ArrayList<>();
    for (long id = 10; id < 310; id++) {
      stage().run(stage().intake().start(start(id)));
      changes.add(tasks(task(1000 + 2 * id, id), task(1001 + 2 * id, id)));
    }

    Journal.Outcome outcome = commit(batch(1, owned, changes.toArray(InstanceChange[]::new)));

    assertThat(outcome).isEqualTo(new Journal.Committed());
    List<StoredRun> runs =
        stage().await(stage().runs().load(LongStream.range(10, 310).mapToObj(Rows::id).toList()));
    assertThat(runs).hasSize(300).allMatch(run -> run.tasks().size() == 2);
  }

  @Test
  void the_number_of_the_last_batch_is_remembered_per_shard_and_life() {
    assertThat(lastSeq()).isZero();

    write(batch(1, owned, running(1)));
    write(batch(2, owned, running(2)));

    assertThat(lastSeq()).isEqualTo(2);
    assertThat(stage().await(stage().journal().lastSeq(M1, INCARNATION, 1))).isZero();
    assertThat(stage().await(stage().journal().lastSeq(M1, INCARNATION + 1, 0))).isZero();
  }

  @Test
  void a_batch_without_changes_only_counts() {
    assertThat(commit(batch(1, owned))).isEqualTo(new Journal.Committed());
    assertThat(lastSeq()).isEqualTo(1);
  }

  @Test
  void a_batch_for_a_slot_that_another_has_claimed_writes_nothing_and_names_the_slot() {
    InstanceChange one = running(1);
    InstanceChange two = running(2);
    stage().run(stage().slots().claim(M2, 1, List.of(owned.get(id(2).slot()))));

    Journal.Outcome outcome = commit(batch(1, owned, one, two));

    assertThat(outcome).isEqualTo(new Journal.LostSlots(Set.of(id(2).slot())));
    assertThat(run(1).instance().state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(run(2).instance().state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(lastSeq()).isZero();
  }

  @Test
  void a_batch_for_a_slot_that_was_given_up_writes_nothing() {
    InstanceChange one = running(1);
    stage().run(stage().slots().release(M1, INCARNATION, List.of(id(1).slot())));

    assertThat(commit(batch(1, owned, one))).isEqualTo(new Journal.LostSlots(Set.of(id(1).slot())));
  }

  @Test
  void after_a_lost_slot_the_rest_is_written_without_it() {
    InstanceChange one = running(1);
    InstanceChange two = running(2);
    stage().run(stage().slots().claim(M2, 1, List.of(owned.get(id(2).slot()))));
    assertThat(commit(batch(1, owned, one, two))).isInstanceOf(Journal.LostSlots.class);

    assertThat(commit(batch(1, owned, one))).isEqualTo(new Journal.Committed());
    assertThat(run(1).instance().state()).isEqualTo(WorkflowState.RUNNING);
  }

  @Test
  void a_poisoned_row_is_rejected_with_all_of_its_batch_and_the_next_batch_goes_through() {
    InstanceChange one = running(1);
    InstanceChange poisoned = poisoned(run(2).instance());

    Journal.Outcome outcome = commit(batch(1, owned, one, poisoned));

    assertThat(outcome).isInstanceOf(Journal.Rejected.class);
    assertThat(((Journal.Rejected) outcome).instances()).containsExactlyInAnyOrder(id(1), id(2));
    assertThat(((Journal.Rejected) outcome).message()).isNotBlank().doesNotContain("\n");
    assertThat(run(1).instance().state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(run(2).tasks()).isEmpty();
    assertThat(lastSeq()).isZero();
    assertThat(commit(batch(1, owned, one))).isEqualTo(new Journal.Committed());
  }

  @Test
  void where_slots_are_lost_and_rows_are_poisoned_the_lost_slots_count() {
    InstanceChange poisoned = poisoned(run(2).instance());
    stage().run(stage().slots().claim(M2, 1, List.of(owned.get(id(2).slot()))));

    assertThat(commit(batch(1, owned, poisoned)))
        .isEqualTo(new Journal.LostSlots(Set.of(id(2).slot())));
  }

  @Test
  void applied_commands_are_gone_with_the_batch_that_applied_them() {
    long stop = recorded(wish(1, Command.Type.STOP));
    long pause = recorded(wish(1, Command.Type.PAUSE));

    write(batch(1, owned, applied(1, stop)));

    assertThat(stage().await(stage().runs().commandsOf(List.of(id(1)))))
        .extracting(Command::id)
        .containsExactly(pause);
  }

  @Test
  void history_is_appended_one_row_a_commit() {
    write(batch(1, owned, history(1, entry(null, "RUNNING"), entry("extract", "SUBMITTED"))));
    write(batch(2, owned, history(1, entry("extract", "RUNNING"))));

    List<HistoryRow> rows = stage().await(stage().queries().history(id(1), 0, 10));

    assertThat(rows)
        .extracting(HistoryRow::entries)
        .containsExactly(
            List.of(entry(null, "RUNNING"), entry("extract", "SUBMITTED")),
            List.of(entry("extract", "RUNNING")));
    assertThat(rows.get(1).number()).isGreaterThan(rows.get(0).number());
    assertThat(stage().await(stage().queries().history(id(1), rows.get(0).number(), 10)))
        .containsExactly(rows.get(1));
    assertThat(stage().await(stage().queries().history(id(1), 0, 1))).containsExactly(rows.get(0));
  }

  @Test
  void shards_write_at_the_same_time() {
    List<Single<Journal.Outcome>> commits = new ArrayList<>();
    InstanceChange one = running(1);
    InstanceChange two = running(2);
    commits.add(stage().journal().commit(batch(1, owned, one)));
    Batch second = batch(1, owned, two);
    commits.add(
        stage()
            .journal()
            .commit(new Batch(M1, INCARNATION, 1, 1, second.guards(), second.changes())));

    assertThat(stage().await(Single.mergeDelayError(commits).toList()))
        .containsOnly(new Journal.Committed());
  }

  @Test
  void a_batch_that_writes_without_a_guard_is_a_mistake_of_the_program() {
    Batch unguarded = new Batch(M1, INCARNATION, 0, 1, Map.of(), List.of(running(1)));

    assertThatThrownBy(() -> commit(unguarded)).isInstanceOf(IllegalArgumentException.class);
  }
}

package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.change;
import static io.porpoise.store.contract.Rows.document;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.start;
import static io.porpoise.store.contract.Rows.task;
import static io.porpoise.store.contract.Rows.tasks;
import static io.porpoise.store.contract.Rows.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Recorded;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.IdPage;
import io.porpoise.store.RunStore.Startable;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoredRun;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a master reads. */
public abstract class RunStoreContract {
  private static final List<Integer> ALL_SLOTS = IntStream.range(0, 1024).boxed().toList();

  private List<SlotRow> owned;

  protected abstract StoreStage stage();

  private RunStore runs() {
    return stage().runs();
  }

  @BeforeEach
  void four_instances_of_which_the_third_is_finished() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
    for (long id = 1; id <= 4; id++) {
      stage().run(stage().intake().start(start(id)));
    }
    WorkflowInstance third =
        stage()
            .await(runs().load(List.of(id(3))))
            .get(0)
            .instance()
            .ended(WorkflowState.SUCCEEDED, null, Map.of(), NOON);
    TaskInstance old = task(31, 3).change().valid(false).done();
    stage().run(stage().journal().commit(batch(1, owned, change(third, old, task(32, 3)))));
  }

  private long recorded(Wish wish) {
    return ((Recorded) stage().await(stage().intake().command(wish))).commandId();
  }

  private static List<WorkflowInstanceId> ids(List<StoredRun> runs) {
    return runs.stream().map(run -> run.instance().id()).toList();
  }

  @Test
  void instances_come_by_id_whatever_was_asked_first_finished_ones_too_missing_ones_not() {
    List<StoredRun> found = stage().await(runs().load(List.of(id(4), id(3), id(99))));

    assertThat(ids(found)).containsExactly(id(3), id(4));
    assertThat(stage().await(runs().load(List.of()))).isEmpty();
  }

  @Test
  void only_valid_tasks_come_along() {
    StoredRun third = stage().await(runs().load(List.of(id(3)))).get(0);

    assertThat(third.tasks()).extracting(TaskInstance::id).containsExactly(new TaskInstanceId(32));
  }

  @Test
  void unfinished_instances_come_in_pages_slot_by_slot() {
    List<WorkflowInstanceId> all =
        Stream.of(id(1), id(2), id(4))
            .sorted(Comparator.comparingInt(WorkflowInstanceId::slot))
            .toList();

    IdPage first = stage().await(runs().nextUnfinished(ALL_SLOTS, id(0), 2, 10));
    assertThat(first.ids()).isEqualTo(all.subList(0, 2));
    assertThat(first.isLast()).isFalse();

    List<Integer> left = ALL_SLOTS.stream().filter(slot -> slot >= all.get(1).slot()).toList();
    IdPage second = stage().await(runs().nextUnfinished(left, all.get(1), 2, 10));
    assertThat(second.ids()).isEqualTo(all.subList(2, 3));
    assertThat(second.isLast()).isTrue();

    assertThat(stage().await(runs().unfinishedIds(left, all.get(1), 10)))
        .isEqualTo(all.subList(2, 3));
  }

  @Test
  void a_page_ends_early_when_its_instances_have_many_tasks_but_is_never_empty() {
    for (int id : List.of(1, 2)) {
      stage()
          .run(
              stage()
                  .journal()
                  .commit(
                      batch(id + 1, owned, tasks(task(id * 10 + 1, id), task(id * 10 + 2, id)))));
    }
    List<Integer> slots = List.of(id(1).slot(), id(2).slot());

    IdPage page = stage().await(runs().nextUnfinished(slots, id(0), 10, 3));

    assertThat(page.ids()).hasSize(1);
    assertThat(page.isLast()).isFalse();
    assertThat(stage().await(runs().nextUnfinished(slots, id(0), 10, 1)).ids()).hasSize(1);
    assertThat(stage().await(runs().nextUnfinished(slots, id(0), 10, 4)))
        .satisfies(whole -> assertThat(whole.ids()).hasSize(2))
        .satisfies(whole -> assertThat(whole.isLast()).isTrue());
  }

  @Test
  void of_those_that_are_no_longer_valid_the_highest_attempt_of_each_task_comes_along() {
    TaskInstance first = attempt(41, 501, 1).change().valid(false).done();
    TaskInstance second = attempt(42, 501, 2).change().valid(false).done();
    TaskInstance other = attempt(43, 502, 1).change().valid(false).done();
    TaskInstance third = attempt(44, 501, 3);
    TaskInstance only = attempt(45, 503, 1);
    stage()
        .run(stage().journal().commit(batch(2, owned, tasks(second, first, other, third, only))));

    List<StoredRun> runs = stage().await(runs().load(List.of(id(1), id(3), id(4))));

    assertThat(runs)
        .extracting(StoredRun::formerAttempts)
        .containsExactly(Map.of(), Map.of(501L, 1), Map.of(501L, 2, 502L, 1));
  }

  private static TaskInstance attempt(long id, long code, int attempt) {
    return new TaskInstance(
        new TaskInstanceId(id),
        id(4),
        code,
        "task " + code,
        "SHELL",
        TaskState.SUBMITTED,
        true,
        attempt,
        0,
        0,
        0,
        "default",
        null,
        NOON,
        NOON,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of());
  }

  @Test
  void rows_of_instances_come_without_their_tasks() {
    List<WorkflowInstance> found = stage().await(runs().instances(List.of(id(3), id(99), id(1))));

    assertThat(found)
        .isEqualTo(
            stage().await(runs().load(List.of(id(1), id(3)))).stream()
                .map(StoredRun::instance)
                .toList());
    assertThat(stage().await(runs().instances(List.of()))).isEmpty();
  }

  @Test
  void a_workflow_is_started_by_its_name_in_its_newest_version() {
    long project =
        stage().await(stage().projects().create("etl", "", "ann", NOON)).orElseThrow().id();
    save(project, ExecutionType.PARALLEL, ReleaseState.ONLINE);
    long workflow = save(project, ExecutionType.SERIAL_WAIT, ReleaseState.OFFLINE);

    assertThat(stage().await(runs().startable("etl", "daily")))
        .contains(
            new Startable(project, workflow, 2, ReleaseState.OFFLINE, ExecutionType.SERIAL_WAIT));
    assertThat(stage().await(runs().startable("etl", "weekly"))).isEmpty();
    assertThat(stage().await(runs().startable("ops", "daily"))).isEmpty();
  }

  @CanIgnoreReturnValue
  private long save(long project, ExecutionType type, ReleaseState state) {
    return stage()
        .await(
            stage()
                .workflows()
                .save(
                    project,
                    "daily",
                    "",
                    document(type),
                    List.of("extract"),
                    state,
                    type,
                    "ann",
                    NOON))
        .workflow()
        .id();
  }

  @Test
  void only_the_slots_that_were_asked_for_count() {
    List<Integer> slots = List.of(id(4).slot());

    IdPage page = stage().await(runs().nextUnfinished(slots, id(0), 10, 10));
    assertThat(page.ids()).containsExactly(id(4));
    assertThat(stage().await(runs().unfinishedIds(slots, id(0), 10))).containsExactly(id(4));
    assertThat(stage().await(runs().nextUnfinished(List.of(), id(0), 10, 10)).ids()).isEmpty();
    assertThat(stage().await(runs().unfinishedIds(List.of(), id(0), 10))).isEmpty();
    assertThat(stage().await(runs().unfinishedSums(slots)))
        .containsExactly(new RunStore.SlotSum(id(4).slot(), 1, 4));
    assertThat(stage().await(runs().unfinishedSums(List.of()))).isEmpty();
    assertThat(stage().await(runs().commands(List.of(), 10))).isEmpty();
  }

  @Test
  void a_command_tells_the_round_that_it_is_about() {
    long recorded = recorded(new Wish(id(1), Command.Type.STOP, null, 3, "ann"));

    assertThat(stage().await(runs().commandsOf(List.of(id(1)))))
        .containsExactly(new Command(recorded, id(1), Command.Type.STOP, null, 0, 3, "ann"));
  }

  @Test
  void commands_come_in_the_order_of_their_insertion() {
    TaskInstanceId task = new TaskInstanceId(77);
    long first = recorded(wish(2, Command.Type.STOP, null, "ann"));
    long second = recorded(wish(1, Command.Type.KILL_TASK, task, "bob"));
    Command stop = new Command(first, id(2), Command.Type.STOP, null, 0, "ann");
    Command kill = new Command(second, id(1), Command.Type.KILL_TASK, task, 0, "bob");

    assertThat(second).isGreaterThan(first);
    assertThat(stage().await(runs().commands(ALL_SLOTS, 10))).containsExactly(stop, kill);
    assertThat(stage().await(runs().commands(ALL_SLOTS, 1))).containsExactly(stop);
    assertThat(stage().await(runs().commands(List.of(id(1).slot()), 10))).containsExactly(kill);
    assertThat(stage().await(runs().commandsOf(List.of(id(2))))).containsExactly(stop);
    assertThat(stage().await(runs().commandsOf(List.of()))).isEmpty();
  }

  @Test
  void a_definition_that_does_not_exist_is_told_so() {
    assertThatThrownBy(() -> stage().await(runs().definition(999, 1)))
        .isInstanceOf(NoSuchElementException.class);
  }
}

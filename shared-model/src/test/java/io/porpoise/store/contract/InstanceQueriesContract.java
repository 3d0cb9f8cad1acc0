package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.change;
import static io.porpoise.store.contract.Rows.fullTask;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.task;
import static io.porpoise.store.contract.Rows.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Projects.Project;
import io.porpoise.store.SlotStore.SlotRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What API nodes read. Instances 1 to 6 lie a second apart, but 5 and 6 share one; odd ones are of
 * etl/daily, even ones of ops/daily, 6 of ops/weekly; 2 and 5 have succeeded.
 */
public abstract class InstanceQueriesContract {
  private static final Filter ALL = new Filter(null, null, null, null, null, null, 100);

  private List<SlotRow> owned;

  protected abstract StoreStage stage();

  private InstanceQueries queries() {
    return stage().queries();
  }

  private static Instant createdAt(long id) {
    return NOON.plusSeconds(Math.min(id, 5));
  }

  @BeforeEach
  void six_instances() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
    Project etl = stage().await(stage().projects().create("etl", "", "ann", NOON)).orElseThrow();
    Project ops = stage().await(stage().projects().create("ops", "", "ann", NOON)).orElseThrow();
    long etlDaily = workflow(etl, "daily");
    long opsDaily = workflow(ops, "daily");
    long opsWeekly = workflow(ops, "weekly");
    for (long id = 1; id <= 6; id++) {
      boolean isOdd = id % 2 == 1;
      stage()
          .run(
              stage()
                  .intake()
                  .start(
                      new Start(
                          id(id),
                          isOdd ? etl.id() : ops.id(),
                          isOdd ? etlDaily : id == 6 ? opsWeekly : opsDaily,
                          1,
                          ExecutionType.PARALLEL,
                          StartOptions.NONE,
                          null,
                          1,
                          "ann",
                          null,
                          createdAt(id))));
    }
    commit(1, change(succeeded(2)));
    commit(2, change(succeeded(5)));
  }

  private long workflow(Project project, String name) {
    return stage()
        .await(
            stage()
                .workflows()
                .save(
                    project.id(),
                    name,
                    "",
                    "{}",
                    List.of(),
                    ReleaseState.ONLINE,
                    ExecutionType.PARALLEL,
                    "ann",
                    NOON))
        .workflow()
        .id();
  }

  private WorkflowInstance succeeded(long id) {
    return view(id).instance().ended(WorkflowState.SUCCEEDED, null, Map.of(), NOON);
  }

  private void commit(long seq, InstanceChange change) {
    stage().run(stage().journal().commit(batch(seq, owned, change)));
  }

  private InstanceView view(long id) {
    return stage().await(queries().find(id(id))).orElseThrow();
  }

  private List<Long> listed(Filter filter) {
    return stage().await(queries().list(filter)).stream()
        .map(view -> view.instance().id().value())
        .toList();
  }

  @Test
  void all_come_newest_first_and_by_id_within_a_moment() {
    assertThat(listed(ALL)).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void a_page_begins_after_the_place_where_the_last_one_ended() {
    Position afterSix = new Position(createdAt(6), id(6));
    Position afterFive = new Position(createdAt(5), id(5));

    assertThat(listed(new Filter(null, null, null, null, null, afterSix, 2)))
        .containsExactly(5L, 4L);
    assertThat(listed(new Filter(null, null, null, null, null, afterFive, 2)))
        .containsExactly(4L, 3L);
  }

  @Test
  void project_and_workflow_are_named() {
    assertThat(listed(new Filter("etl", null, null, null, null, null, 100)))
        .containsExactly(5L, 3L, 1L);
    assertThat(listed(new Filter("ops", "daily", null, null, null, null, 100)))
        .containsExactly(4L, 2L);
    assertThat(listed(new Filter(null, "daily", null, null, null, null, 100)))
        .containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(listed(new Filter(null, "weekly", null, null, null, null, 100))).containsExactly(6L);
    assertThat(listed(new Filter("nowhere", null, null, null, null, null, 100))).isEmpty();
    assertThat(listed(new Filter("etl", "weekly", null, null, null, null, 100))).isEmpty();
  }

  @Test
  void states_and_times_narrow_the_list() {
    assertThat(listed(new Filter(null, null, WorkflowState.SUCCEEDED, null, null, null, 100)))
        .containsExactly(5L, 2L);
    assertThat(listed(new Filter("ops", null, WorkflowState.SUCCEEDED, null, null, null, 100)))
        .containsExactly(2L);
    assertThat(listed(new Filter(null, null, null, createdAt(2), createdAt(4), null, 100)))
        .containsExactly(3L, 2L);
    Position afterThree = new Position(createdAt(3), id(3));
    assertThat(
            listed(
                new Filter(
                    "ops",
                    "daily",
                    WorkflowState.SUCCEEDED,
                    createdAt(1),
                    createdAt(9),
                    afterThree,
                    100)))
        .containsExactly(2L);
  }

  @Test
  void several_are_found_at_once_and_unknown_ones_left_out() {
    assertThat(stage().await(queries().find(List.of(id(6), id(77), id(2)))))
        .containsExactlyInAnyOrder(view(6), view(2));
    assertThat(stage().await(queries().find(List.of()))).isEmpty();
  }

  @Test
  void a_view_has_the_names_and_the_owner() {
    InstanceView six = view(6);

    assertThat(six.project()).isEqualTo("ops");
    assertThat(six.workflow()).isEqualTo("weekly");
    assertThat(six.owner()).isEqualTo(M1);

    stage().run(stage().slots().release(M1, INCARNATION, List.of(id(6).slot())));

    assertThat(view(6).owner()).isNull();
    assertThat(stage().await(queries().list(ALL)).get(0)).isEqualTo(view(6));
    assertThat(stage().await(queries().find(id(77)))).isEmpty();
  }

  @Test
  void tasks_come_by_id_the_valid_ones_or_all() {
    TaskInstance old = task(100, 1).change().valid(false).done();
    TaskInstance full = fullTask(101, 1);
    TaskInstance bare = task(102, 1);
    commit(3, tasks(bare, full, old));

    assertThat(stage().await(queries().tasks(id(1), false))).containsExactly(full, bare);
    assertThat(stage().await(queries().tasks(id(1), true))).containsExactly(old, full, bare);
    assertThat(stage().await(queries().tasks(id(2), true))).isEmpty();
    assertThat(stage().await(queries().task(new TaskInstanceId(101)))).contains(full);
    assertThat(stage().await(queries().task(new TaskInstanceId(999)))).isEmpty();
  }
}

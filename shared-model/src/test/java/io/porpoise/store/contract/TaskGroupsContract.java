package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.claiming;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.start;
import static io.porpoise.store.contract.Rows.task;
import static io.porpoise.store.contract.Rows.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.store.Batch;
import io.porpoise.store.Journal;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.TaskGroups.Grant;
import io.porpoise.store.TaskGroups.Group;
import io.porpoise.store.TaskGroups.Standing;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who holds a slot of a task group, and who waits for one. All attempts are of instance 1. */
public abstract class TaskGroupsContract {
  private List<SlotRow> owned;
  private long seq;

  protected abstract StoreStage stage();

  private TaskGroups groups() {
    return stage().taskGroups();
  }

  @BeforeEach
  void an_instance_and_a_group_of_two() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
    stage().run(stage().intake().start(start(1)));
    save(new Group("db", 2, "what for"));
  }

  private void save(Group group) {
    stage().run(groups().save(group));
  }

  private static TaskInstance waiting(long id) {
    return claiming(id, 1, "db", 0, NOON);
  }

  private static TaskInstance waiting(long id, int priority, int ageSeconds) {
    return claiming(id, 1, "db", priority, NOON.minusSeconds(ageSeconds));
  }

  private static TaskInstance in(TaskInstance task, TaskState state) {
    return task.change().state(state).done();
  }

  private Batch next(TaskInstance... written) {
    return batch(++seq, owned, tasks(written));
  }

  private void write(TaskInstance... written) {
    assertThat(stage().await(stage().journal().commit(next(written))))
        .isEqualTo(new Journal.Committed());
  }

  private List<Long> grant() {
    return ids(stage().await(groups().grant("db")).stream().map(Grant::task).toList());
  }

  private static List<Long> ids(Collection<TaskInstanceId> tasks) {
    return tasks.stream().map(TaskInstanceId::value).toList();
  }

  private Standing standing() {
    return stage().await(groups().standing("db"));
  }

  private List<Long> holding(long... ids) {
    Set<TaskInstanceId> holding =
        stage().await(groups().holding(LongStream.of(ids).mapToObj(TaskInstanceId::new).toList()));
    return ids(holding).stream().sorted().toList();
  }

  @Test
  void groups_are_made_changed_listed_and_deleted() {
    assertThat(stage().await(groups().save(new Group("api", 5, "")))).isTrue();
    assertThat(stage().await(groups().save(new Group("db", 3, "what else")))).isFalse();
    assertThat(stage().await(groups().save(new Group("db", 3, "what else")))).isFalse();

    assertThat(stage().await(groups().list()))
        .containsExactly(new Group("api", 5, ""), new Group("db", 3, "what else"));
    assertThat(stage().await(groups().delete("db"))).isTrue();
    assertThat(stage().await(groups().delete("db"))).isFalse();
    assertThat(stage().await(groups().list())).containsExactly(new Group("api", 5, ""));
  }

  @Test
  void of_many_who_make_a_group_at_the_same_moment_one_does() {
    List<Single<Boolean>> saves = new ArrayList<>();
    for (int size = 1; size <= 10; size++) {
      saves.add(groups().save(new Group("api", size, "")));
    }

    assertThat(stage().await(Single.mergeDelayError(saves).toList())).containsOnlyOnce(true);
  }

  @Test
  void slots_are_given_by_priority_then_by_age_then_by_id() {
    write(waiting(14, 0, 0), waiting(11, 0, 0), waiting(13, 0, 60), waiting(12, 7, 0));

    assertThat(standing())
        .isEqualTo(
            new Standing(
                "db", 2, 0, Stream.of(12L, 13L, 11L, 14L).map(TaskInstanceId::new).toList()));
    assertThat(stage().await(groups().grant("db")))
        .containsExactly(
            new Grant(id(1), new TaskInstanceId(12)), new Grant(id(1), new TaskInstanceId(13)));
    assertThat(grant()).isEmpty();
    assertThat(standing())
        .isEqualTo(new Standing("db", 2, 2, Stream.of(11L, 14L).map(TaskInstanceId::new).toList()));
    assertThat(holding(11, 12, 13, 14, 99)).containsExactly(12L, 13L);
    assertThat(holding()).isEmpty();
  }

  @Test
  void a_late_comer_of_higher_priority_comes_before_those_that_wait() {
    write(waiting(11), waiting(12), waiting(13));
    assertThat(grant()).containsExactly(11L, 12L);

    write(waiting(14, 9, 0));
    write(in(waiting(11), TaskState.SUCCEEDED));

    assertThat(grant()).containsExactly(14L);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FORCED_SUCCESS", "FAILED", "KILLED", "PAUSED", "LOST"})
  void the_batch_that_ends_an_attempt_frees_its_slot(TaskState end) {
    write(waiting(11), waiting(12), waiting(13));
    assertThat(grant()).containsExactly(11L, 12L);

    write(in(waiting(11), end));

    assertThat(standing().held()).isEqualTo(1);
    assertThat(grant()).containsExactly(13L);
  }

  @Test
  void an_attempt_that_is_no_longer_valid_keeps_nothing() {
    write(waiting(11), waiting(12), waiting(13));
    assertThat(grant()).containsExactly(11L, 12L);

    write(waiting(11).change().valid(false).done(), waiting(13).change().valid(false).done());

    assertThat(standing()).isEqualTo(new Standing("db", 2, 1, List.of()));
    assertThat(holding(11, 12, 13)).containsExactly(12L);
  }

  @Test
  void a_slot_is_kept_as_long_as_the_attempt_is_unfinished() {
    write(waiting(11));
    assertThat(grant()).containsExactly(11L);

    write(in(waiting(11), TaskState.DISPATCHED));
    assertThat(holding(11)).containsExactly(11L);
    write(waiting(11)); // the worker has refused it
    assertThat(holding(11)).containsExactly(11L);
    write(in(waiting(11), TaskState.DISPATCHED), waiting(12));
    write(in(waiting(11), TaskState.RUNNING));

    assertThat(holding(11)).containsExactly(11L);
    assertThat(standing().held()).isEqualTo(1);
  }

  @Test
  void an_attempt_takes_its_place_when_its_delay_is_over() {
    write(in(waiting(11, 0, 60), TaskState.DELAYED), waiting(12));
    assertThat(ids(standing().waiting())).containsExactly(12L);

    write(waiting(11, 0, 60));

    assertThat(ids(standing().waiting())).containsExactly(11L, 12L);
  }

  @Test
  void those_that_need_no_slot_take_no_place() {
    write(task(11, 1), in(waiting(12), TaskState.SUCCEEDED));

    assertThat(standing()).isEqualTo(new Standing("db", 2, 0, List.of()));
  }

  @Test
  void groups_do_not_touch_each_other() {
    save(new Group("api", 1, ""));
    write(waiting(11), claiming(12, 1, "api", 0, NOON), claiming(13, 1, "api", 0, NOON));

    assertThat(grant()).containsExactly(11L);
    assertThat(stage().await(groups().standing("api")).held()).isZero();
    assertThat(stage().await(groups().grant("api"))).hasSize(1);
  }

  @Test
  void a_larger_size_lets_more_in_and_a_smaller_one_takes_nothing_away() {
    write(waiting(11), waiting(12), waiting(13), waiting(14));
    assertThat(grant()).containsExactly(11L, 12L);

    save(new Group("db", 3, ""));
    assertThat(grant()).containsExactly(13L);
    save(new Group("db", 1, ""));
    assertThat(standing().held()).isEqualTo(3);
    write(in(waiting(11), TaskState.SUCCEEDED), in(waiting(12), TaskState.SUCCEEDED));
    assertThat(grant()).isEmpty();
    write(in(waiting(13), TaskState.SUCCEEDED));
    assertThat(grant()).containsExactly(14L);
  }

  @Test
  void a_group_that_does_not_exist_gives_nothing() {
    write(waiting(11), waiting(12));
    stage().run(groups().delete("db"));

    assertThat(grant()).isEmpty();
    assertThat(standing())
        .isEqualTo(
            new Standing("db", -1, 0, Stream.of(11L, 12L).map(TaskInstanceId::new).toList()));
  }

  @Test
  void many_who_grant_at_the_same_moment_give_each_slot_once() {
    save(new Group("db", 7, ""));
    write(LongStream.range(100, 120).mapToObj(id -> waiting(id)).toArray(TaskInstance[]::new));
    List<Single<List<Grant>>> grants = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      grants.add(groups().grant("db"));
    }

    List<Long> granted =
        stage().await(Single.mergeDelayError(grants).toList()).stream()
            .flatMap(List::stream)
            .map(grant -> grant.task().value())
            .sorted()
            .toList();

    assertThat(granted).isEqualTo(LongStream.range(100, 107).boxed().toList());
    assertThat(standing().held()).isEqualTo(7);
  }

  @Test
  void grants_and_batches_at_the_same_moment_never_give_more_than_there_is() {
    save(new Group("db", 5, ""));
    write(LongStream.range(100, 160).mapToObj(id -> waiting(id)).toArray(TaskInstance[]::new));
    List<Long> left = new ArrayList<>(LongStream.range(100, 160).boxed().toList());
    for (int round = 0; !left.isEmpty() && round < 60; round++) {
      List<Long> ending = new ArrayList<>(holding(left.stream().mapToLong(id -> id).toArray()));
      ending.add(left.get(left.size() - 1)); // one that waits is killed, or ends as well
      left.removeAll(ending);
      TaskInstance[] ended =
          ending.stream()
              .distinct()
              .map(id -> in(waiting(id), TaskState.KILLED))
              .toArray(TaskInstance[]::new);

      stage()
          .run(
              Single.mergeDelayError(
                      List.of(
                          groups().grant("db").cast(Object.class),
                          stage().journal().commit(next(ended)).cast(Object.class),
                          groups().grant("db").cast(Object.class),
                          groups().grant("db").cast(Object.class)))
                  .toList());

      assertThat(standing().held()).isLessThanOrEqualTo(5);
    }
    assertThat(left).isEmpty();
    assertThat(standing()).isEqualTo(new Standing("db", 5, 0, List.of()));
  }
}

package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.M2;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.alerts;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.change;
import static io.porpoise.store.contract.Rows.child;
import static io.porpoise.store.contract.Rows.entry;
import static io.porpoise.store.contract.Rows.fullTask;
import static io.porpoise.store.contract.Rows.history;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.start;
import static io.porpoise.store.contract.Rows.task;
import static io.porpoise.store.contract.Rows.wish;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.instance.Parent;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.NoInstance;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.porpoise.store.Retention.Ended;
import io.porpoise.store.Retention.Owner;
import io.porpoise.store.Retention.Part;
import io.porpoise.store.SlotStore.SlotRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes and what stays. Instances end an hour after noon, if nothing else is said. */
public abstract class RetentionContract {
  private static final Instant END = NOON.plus(Duration.ofHours(1));
  private static final Instant LATER = NOON.plus(Duration.ofDays(3));

  private List<SlotRow> owned;
  private long seq;

  protected abstract StoreStage stage();

  private Retention retention() {
    return stage().retention();
  }

  @BeforeEach
  void all_slots_are_owned() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
  }

  private void write(InstanceChange... changes) {
    stage().run(stage().journal().commit(batch(++seq, owned, changes)));
  }

  @CanIgnoreReturnValue
  private WorkflowInstance started(long id) {
    return stage().await(stage().intake().start(start(id))).instance();
  }

  private static WorkflowInstance ended(WorkflowInstance instance, WorkflowState state) {
    return instance.change().state(state).endTime(END).done();
  }

  private void ended(long id) {
    write(change(ended(started(id), WorkflowState.SUCCEEDED), task(id * 10, id)));
  }

  private Owner owner() {
    return owner(M1, 0);
  }

  private Owner owner(io.porpoise.cluster.NodeId node, long ahead) {
    Map<Integer, Long> epochs =
        owned.stream().collect(Collectors.toMap(SlotRow::slot, row -> row.epoch() + ahead));
    return new Owner(node, INCARNATION, epochs);
  }

  private int remove(Owner owner, long... ids) {
    List<WorkflowInstanceId> all =
        java.util.Arrays.stream(ids).mapToObj(WorkflowInstanceId::new).toList();
    return stage().await(retention().remove(owner, LATER, all));
  }

  private boolean isThere(long id) {
    return !stage().await(stage().runs().instances(List.of(id(id)))).isEmpty();
  }

  @Test
  void an_ended_instance_goes_with_all_that_belongs_to_it_and_others_stay() {
    ended(1);
    ended(2);
    write(change(ended(started(3), WorkflowState.FAILED), fullTask(30, 3), task(31, 3)));
    write(history(3, entry("load", "FAILED")));
    write(alerts(3, new Alert(Alert.Kind.WORKFLOW_TIMEOUT, 1, null, "it takes long")));

    assertThat(remove(owner(), 1, 3)).isEqualTo(2);

    assertThat(isThere(1)).isFalse();
    assertThat(isThere(2)).isTrue();
    assertThat(isThere(3)).isFalse();
    assertThat(stage().await(stage().queries().task(new TaskInstanceId(30)))).isEmpty();
    assertThat(stage().await(stage().queries().tasks(id(3), true))).isEmpty();
    assertThat(stage().await(stage().queries().history(id(3), 0, 10))).isEmpty();
    assertThat(stage().alerts(id(3))).isEmpty();
    assertThat(stage().await(stage().queries().tasks(id(2), true))).hasSize(1);
    assertThat(stage().await(stage().intake().command(wish(3, Command.Type.RERUN))))
        .isInstanceOf(NoInstance.class);
  }

  @Test
  void what_is_unfinished_paused_or_ended_later_stays() {
    started(1);
    write(change(ended(started(2), WorkflowState.PAUSED)));
    write(change(started(3).change().state(WorkflowState.STOPPED).endTime(LATER).done()));

    assertThat(remove(owner(), 1, 2, 3)).isZero();
    assertThat(stage().await(retention().endedBefore(LATER, Retention.OLDEST, 10)))
        .isEqualTo(new Part(List.of(), null));
  }

  @Test
  void only_the_owner_at_its_epoch_removes() {
    ended(1);

    assertThat(remove(owner(M1, 1), 1)).isZero();
    assertThat(remove(owner(M2, 0), 1)).isZero();
    assertThat(remove(new Owner(M1, INCARNATION + 1, owner().epochs()), 1)).isZero();
    assertThat(remove(new Owner(M1, INCARNATION, Map.of()), 1)).isZero();
    assertThat(remove(owner(), 1)).isEqualTo(1);
  }

  @Test
  void one_for_which_a_command_waits_stays() {
    ended(1);
    stage().run(stage().intake().command(wish(1, Command.Type.STOP)));

    assertThat(remove(owner(), 1)).isZero();
    assertThat(isThere(1)).isTrue();
  }

  @Test
  void a_child_goes_after_its_parent_and_a_parent_after_the_end_of_its_child() {
    write(change(ended(started(1), WorkflowState.STOPPED), task(10, 1)));
    Parent parent = new Parent(id(1), new TaskInstanceId(10), 1);
    WorkflowInstance child = stage().await(stage().intake().start(child(2, parent))).instance();

    assertThat(remove(owner(), 1, 2)).isZero();

    write(change(ended(child, WorkflowState.STOPPED)));
    assertThat(remove(owner(), 2)).isZero();
    assertThat(remove(owner(), 1)).isEqualTo(1);
    assertThat(remove(owner(), 2)).isEqualTo(1);
  }

  @Test
  void the_old_are_found_part_by_part_in_the_order_of_their_creation() {
    for (long id = 1; id <= 3; id++) {
      ended(id);
    }
    started(4);

    Part first = stage().await(retention().endedBefore(LATER, Retention.OLDEST, 2));
    assertThat(first.ended()).containsExactly(new Ended(id(1), 1), new Ended(id(2), 1));
    assertThat(first.last()).isEqualTo(new Position(NOON.plusSeconds(2), id(2)));

    Part second = stage().await(retention().endedBefore(LATER, first.last(), 2));
    assertThat(second.ended()).containsExactly(new Ended(id(3), 1));
    Part third = stage().await(retention().endedBefore(LATER, second.last(), 2));
    assertThat(third).isEqualTo(new Part(List.of(), null));
  }

  @Test
  void expired_keys_tokens_and_journals_of_former_incarnations_are_removed() {
    stage().run(stage().intake().start(start(1, "old", NOON)));
    stage().run(stage().intake().start(start(2, "new", NOON.plus(Duration.ofHours(20)))));
    stage().run(stage().users().saveToken(new byte[32], 1, NOON.plus(Duration.ofHours(2))));
    byte[] other = new byte[32];
    other[0] = 1;
    stage().run(stage().users().saveToken(other, 1, LATER));
    write(history(1, entry(null, "RUNNING")));
    Instant now = NOON.plus(Duration.ofHours(30));
    assertThat(stage().await(retention().removeExpired(now, 100))).isEqualTo(2);

    stage()
        .run(
            stage()
                .slots()
                .claim(M1, INCARNATION + 1, owned)
                .flatMap(
                    rows ->
                        stage()
                            .journal()
                            .commit(new Batch(M1, INCARNATION + 1, 0, 1, Map.of(), List.of()))));
    assertThat(stage().await(retention().removeExpired(now, 100))).isEqualTo(1);
    assertThat(stage().await(stage().journal().lastSeq(M1, INCARNATION, 0))).isZero();
    assertThat(stage().await(stage().journal().lastSeq(M1, INCARNATION + 1, 0))).isEqualTo(1);
  }
}

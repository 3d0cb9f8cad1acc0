package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.child;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.start;
import static io.porpoise.store.contract.Rows.wish;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.NodeScope;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Priority;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Accepted;
import io.porpoise.store.InstanceIntake.NoInstance;
import io.porpoise.store.InstanceIntake.Recorded;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.porpoise.store.StoredRun;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What API nodes insert. */
public abstract class InstanceIntakeContract {
  protected abstract StoreStage stage();

  @CanIgnoreReturnValue
  private Accepted accept(Start start) {
    return stage().await(stage().intake().start(start));
  }

  private List<StoredRun> stored(long id) {
    return stage().await(stage().runs().load(List.of(id(id))));
  }

  @Test
  void a_start_is_the_inserted_instance() {
    StartOptions options =
        new StartOptions(
            Map.of("day", "2026-11-20", "empty", "", "text", "x".repeat(5000)),
            List.of("load"),
            NodeScope.TASK_ONLY,
            FailureStrategy.END,
            Priority.HIGH,
            "gpu",
            "prod",
            true,
            NOON.minusSeconds(60),
            Map.of("month", "2026-11", "nothing", ""));
    Start start =
        new Start(id(5), 11, 22, 3, ExecutionType.PARALLEL, options, null, 1, "admin", null, NOON);
    WorkflowInstance submitted =
        WorkflowInstance.submitted(id(5), 11, 22, 3, options, "admin", NOON);

    assertThat(accept(start)).isEqualTo(new Accepted(submitted, true));
    assertThat(stored(5)).containsExactly(new StoredRun(submitted, List.of()));
  }

  @Test
  void a_start_that_is_repeated_after_a_lost_reply_is_the_same_start() {
    Accepted first = accept(start(5));

    assertThat(accept(start(5))).isEqualTo(first);
  }

  @Test
  void the_same_key_of_the_same_user_stands_for_the_first_start() {
    Accepted first = accept(start(5, "key", NOON));

    Accepted second = accept(start(6, "key", NOON.plusSeconds(1)));

    assertThat(first.isNew()).isTrue();
    assertThat(second).isEqualTo(new Accepted(first.instance(), false));
    assertThat(stored(6)).isEmpty();
  }

  @Test
  void a_start_with_a_key_that_is_repeated_after_a_lost_reply_is_the_same_start() {
    Accepted first = accept(start(5, "key", NOON));

    assertThat(accept(start(5, "key", NOON)).instance()).isEqualTo(first.instance());
  }

  @Test
  void other_keys_and_other_users_are_other_starts() {
    accept(start(5, "key", NOON));

    Accepted otherKey = accept(start(6, "Key", NOON));
    Accepted otherUser =
        accept(
            new Start(
                id(7),
                11,
                22,
                3,
                ExecutionType.PARALLEL,
                StartOptions.NONE,
                null,
                2,
                "eve",
                "key",
                NOON));

    assertThat(otherKey.isNew()).isTrue();
    assertThat(otherUser.isNew()).isTrue();
  }

  @Test
  void a_key_counts_for_24_hours() {
    accept(start(5, "key", NOON));

    Accepted within = accept(start(6, "key", NOON.plus(Duration.ofHours(24))));
    Accepted after = accept(start(7, "key", NOON.plus(Duration.ofHours(24)).plusSeconds(1)));
    Accepted again = accept(start(8, "key", NOON.plus(Duration.ofHours(25))));

    assertThat(within.instance().id()).isEqualTo(id(5));
    assertThat(after.isNew()).isTrue();
    assertThat(again.instance().id()).isEqualTo(id(7));
  }

  @Test
  void of_many_starts_with_one_key_at_the_same_moment_one_is_new() {
    List<Single<Accepted>> starts = new ArrayList<>();
    for (long id = 10; id < 20; id++) {
      starts.add(stage().intake().start(start(id, "key", NOON)));
    }

    List<Accepted> accepted = stage().await(Single.mergeDelayError(starts).toList());

    assertThat(accepted).filteredOn(Accepted::isNew).hasSize(1);
    assertThat(accepted)
        .extracting(a -> a.instance().id())
        .containsOnly(accepted.get(0).instance().id());
  }

  @Test
  void a_child_belongs_to_an_attempt_of_its_parent() {
    Parent parent = new Parent(id(3), new TaskInstanceId(33), 2);

    WorkflowInstance child = accept(child(5, parent)).instance();

    assertThat(child.parent()).isEqualTo(parent);
    assertThat(child.state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(stored(5)).containsExactly(new StoredRun(child, List.of()));
  }

  @Test
  void an_attempt_has_one_child_however_often_it_starts_it() {
    Parent parent = new Parent(id(3), new TaskInstanceId(33), 1);
    Accepted first = accept(child(5, parent));

    assertThat(accept(child(5, parent))).isEqualTo(first);
    assertThat(accept(child(6, parent))).isEqualTo(new Accepted(first.instance(), false));
    assertThat(stored(6)).isEmpty();
    assertThat(accept(child(7, new Parent(id(3), new TaskInstanceId(34), 1))).isNew()).isTrue();
  }

  @Test
  void of_many_starts_for_one_attempt_at_the_same_moment_one_is_new() {
    Parent parent = new Parent(id(3), new TaskInstanceId(33), 1);
    List<Single<Accepted>> starts = new ArrayList<>();
    for (long id = 10; id < 20; id++) {
      starts.add(stage().intake().start(child(id, parent)));
    }

    List<Accepted> accepted = stage().await(Single.mergeDelayError(starts).toList());

    assertThat(accepted).filteredOn(Accepted::isNew).hasSize(1);
    assertThat(accepted)
        .extracting(a -> a.instance().id())
        .containsOnly(accepted.get(0).instance().id());
  }

  @Test
  void a_wish_is_recorded_as_a_command() {
    accept(start(5));
    Wish wish = wish(5, Command.Type.FORCE_SUCCESS, new TaskInstanceId(55), "ann");

    WishOutcome outcome = stage().await(stage().intake().command(wish));

    List<Command> commands = stage().await(stage().runs().commandsOf(List.of(id(5))));
    assertThat(commands)
        .containsExactly(
            new Command(
                ((Recorded) outcome).commandId(),
                id(5),
                Command.Type.FORCE_SUCCESS,
                new TaskInstanceId(55),
                0,
                "ann"));
  }

  @Test
  void a_wish_about_an_instance_that_does_not_exist_is_told_so() {
    assertThat(stage().await(stage().intake().command(wish(5, Command.Type.STOP))))
        .isEqualTo(new NoInstance());
  }
}

package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.NOON;
import static io.porpoise.store.contract.Rows.applied;
import static io.porpoise.store.contract.Rows.batch;
import static io.porpoise.store.contract.Rows.child;
import static io.porpoise.store.contract.Rows.document;
import static io.porpoise.store.contract.Rows.id;
import static io.porpoise.store.contract.Rows.left;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake.Accepted;
import io.porpoise.store.InstanceIntake.Discarded;
import io.porpoise.store.InstanceIntake.NoInstance;
import io.porpoise.store.InstanceIntake.Recorded;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.porpoise.store.SerialQueue.Place;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoredRun;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrivals at the queues of serial definitions, and the places that they take. */
public abstract class SerialQueueContract {
  private static final List<Integer> ALL_SLOTS = IntStream.range(0, 1024).boxed().toList();

  private List<SlotRow> owned;
  private long project;
  private long daily;
  private long seq;

  protected abstract StoreStage stage();

  @BeforeEach
  void a_definition_and_the_owner_of_all_slots() {
    owned =
        stage()
            .await(
                stage()
                    .slots()
                    .all()
                    .flatMap(free -> stage().slots().claim(M1, INCARNATION, free)));
    project = stage().await(stage().projects().create("etl", "", "ann", NOON)).orElseThrow().id();
    daily = save("daily", ExecutionType.PARALLEL).id();
  }

  private Workflow save(String name, ExecutionType type) {
    var tasks = List.of("extract");
    var online = ReleaseState.ONLINE;
    var all = stage().workflows();
    return stage()
        .await(all.save(project, name, "", document(type), tasks, online, type, "ann", NOON))
        .workflow();
  }

  private Start start(long id, ExecutionType type) {
    return start(id, "daily", type, null);
  }

  /** Of a version of this type, which is the newest then. */
  private Start start(long id, String workflow, ExecutionType type, String key) {
    Workflow saved = save(workflow, type);
    return new Start(
        id(id),
        project,
        saved.id(),
        saved.version(),
        type,
        StartOptions.NONE,
        null,
        1,
        "ann",
        key,
        NOON);
  }

  @CanIgnoreReturnValue
  private WorkflowInstance accept(long id, ExecutionType type) {
    return accept(start(id, type)).instance();
  }

  @CanIgnoreReturnValue
  private Accepted accept(Start start) {
    return stage().await(stage().intake().start(start));
  }

  @CanIgnoreReturnValue
  private WishOutcome want(long id, Command.Type what) {
    return stage().await(stage().intake().command(new Wish(id(id), what, null, "bob")));
  }

  private Optional<Place> first() {
    return stage().await(stage().serialQueue().first(daily));
  }

  private void leave(WorkflowInstance instance) {
    stage()
        .run(
            stage()
                .journal()
                .commit(batch(++seq, owned, left(instance.id().value(), instance.ticket()))));
  }

  private List<Command> commands() {
    return stage().await(stage().runs().commands(ALL_SLOTS, 100));
  }

  private static Place place(WorkflowInstance instance) {
    return new Place(instance.id(), instance.ticket());
  }

  @Test
  void instances_of_a_parallel_definition_take_no_place() {
    assertThat(accept(1, ExecutionType.PARALLEL).ticket()).isZero();
    assertThat(accept(2, ExecutionType.PARALLEL).state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(first()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARALLEL")
  void the_first_takes_a_place_and_starts(ExecutionType type) {
    WorkflowInstance one = accept(1, type);

    assertThat(one.state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(one.ticket()).isPositive();
    assertThat(first()).contains(place(one));
    assertThat(stage().await(stage().runs().instances(List.of(id(1))))).containsExactly(one);
  }

  @Test
  void those_that_wait_follow_in_the_order_of_their_arrival() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_WAIT);
    WorkflowInstance three = accept(3, ExecutionType.SERIAL_WAIT);
    WorkflowInstance two = accept(2, ExecutionType.SERIAL_WAIT);

    assertThat(three.state()).isEqualTo(WorkflowState.SERIAL_WAIT);
    assertThat(stage().await(stage().runs().load(List.of(id(3)))))
        .containsExactly(new StoredRun(three, List.of()));
    assertThat(first()).contains(place(one));
    leave(one);
    assertThat(first()).contains(place(three));
    leave(three);
    assertThat(first()).contains(place(two));
    leave(two);
    assertThat(first()).isEmpty();
    assertThat(commands()).isEmpty();
  }

  @Test
  void one_that_leaves_before_its_turn_makes_way() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_WAIT);
    leave(accept(2, ExecutionType.SERIAL_WAIT));
    WorkflowInstance three = accept(3, ExecutionType.SERIAL_WAIT);

    leave(one);

    assertThat(first()).contains(place(three));
  }

  @Test
  void while_one_is_unfinished_another_is_discarded() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_DISCARD);

    WorkflowInstance two = accept(2, ExecutionType.SERIAL_DISCARD);

    assertThat(two.state()).isEqualTo(WorkflowState.STOPPED);
    assertThat(two.reason())
        .isEqualTo(
            new Reason(
                "SERIAL_DISCARD", "workflow instance 1 of this serial workflow is unfinished"));
    assertThat(two.ticket()).isZero();
    assertThat(two.startTime()).isNull();
    assertThat(two.endTime()).isEqualTo(two.createdAt());
    assertThat(stage().await(stage().runs().instances(List.of(id(2))))).containsExactly(two);
    assertThat(stage().await(stage().runs().unfinishedIds(ALL_SLOTS, id(0), 10)))
        .containsExactly(id(1));
    assertThat(commands()).isEmpty();
    leave(one);
    assertThat(accept(3, ExecutionType.SERIAL_DISCARD).state()).isEqualTo(WorkflowState.SUBMITTED);
  }

  @Test
  void the_newest_waits_until_all_others_are_stopped() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_PRIORITY);
    assertThat(commands()).isEmpty();

    WorkflowInstance two = accept(2, ExecutionType.SERIAL_PRIORITY);

    assertThat(two.state()).isEqualTo(WorkflowState.SERIAL_WAIT);
    assertThat(two.ticket()).isGreaterThan(one.ticket());
    assertThat(commands()).map(SerialQueueContract::words).containsExactly(stop(1, 2));

    Accepted three = accept(start(3, ExecutionType.SERIAL_PRIORITY));

    assertThat(three.stopped()).as("who is to be told").containsExactly(id(1), id(2));
    assertThat(commands())
        .map(SerialQueueContract::words)
        .containsExactly(stop(1, 2), stop(2, 3)); // once is enough
    assertThat(first()).contains(place(one));
  }

  @Test
  void one_that_was_to_be_stopped_and_then_to_go_on_is_stopped_again() {
    accept(1, ExecutionType.SERIAL_PRIORITY);
    accept(2, ExecutionType.SERIAL_PRIORITY);
    want(1, Command.Type.RERUN);

    accept(3, ExecutionType.SERIAL_PRIORITY);

    assertThat(commands())
        .map(SerialQueueContract::words)
        .containsExactly(stop(1, 2), "RERUN of 1 by bob", stop(2, 1), stop(1, 3));
  }

  private static String stop(long instance, long newest) {
    return "STOP of " + instance + " by serial priority: workflow instance " + newest;
  }

  private static String words(Command command) {
    return command.type() + " of " + command.instance() + " by " + command.actor();
  }

  @Test
  void each_definition_has_one_queue_whatever_its_versions_say() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_PRIORITY);

    Accepted other = accept(start(2, "weekly", ExecutionType.SERIAL_DISCARD, null));
    WorkflowInstance three = accept(3, ExecutionType.SERIAL_WAIT);

    assertThat(other.instance().state()).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(stage().await(stage().serialQueue().first(other.instance().workflowId())))
        .contains(place(other.instance()));
    assertThat(three.state()).isEqualTo(WorkflowState.SERIAL_WAIT);
    assertThat(first()).contains(place(one));
  }

  @Test
  void a_start_that_is_repeated_after_a_lost_reply_takes_no_other_place() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_PRIORITY);
    Accepted two = accept(start(2, ExecutionType.SERIAL_PRIORITY));

    Accepted repeated = accept(start(2, ExecutionType.SERIAL_PRIORITY));

    assertThat(repeated.instance()).isEqualTo(two.instance());
    assertThat(repeated.isNew()).isTrue();
    assertThat(commands()).hasSize(1);
    leave(one);
    leave(two.instance());
    assertThat(first()).isEmpty();
  }

  @Test
  void a_start_that_is_repeated_is_not_discarded_for_its_own_sake() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_DISCARD);
    WorkflowInstance two = accept(2, ExecutionType.SERIAL_DISCARD);

    assertThat(accept(1, ExecutionType.SERIAL_DISCARD)).isEqualTo(one);
    leave(one);
    assertThat(accept(2, ExecutionType.SERIAL_DISCARD)).isEqualTo(two);
  }

  @Test
  void a_key_stands_for_the_first_start() {
    Accepted one = accept(start(1, "daily", ExecutionType.SERIAL_WAIT, "key"));

    assertThat(accept(start(1, "daily", ExecutionType.SERIAL_WAIT, "key"))).isEqualTo(one);
    assertThat(accept(start(2, "daily", ExecutionType.SERIAL_WAIT, "key")))
        .isEqualTo(new Accepted(one.instance(), false));
    leave(one.instance());
    assertThat(first()).isEmpty();
  }

  @Test
  void a_child_stands_in_the_queue_like_others_and_once() {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_WAIT);
    Parent parent = new Parent(id(9), new TaskInstanceId(99), 1);

    Accepted two = accept(child(2, daily, ExecutionType.SERIAL_WAIT, parent));

    assertThat(two.instance().state()).isEqualTo(WorkflowState.SERIAL_WAIT);
    assertThat(two.instance().parent()).isEqualTo(parent);
    assertThat(accept(child(3, daily, ExecutionType.SERIAL_WAIT, parent)))
        .isEqualTo(new Accepted(two.instance(), false));
    leave(one);
    leave(two.instance());
    assertThat(first()).isEmpty();
  }

  @Test
  void of_many_that_arrive_at_the_same_moment_one_starts_and_each_has_its_place() {
    List<WorkflowInstance> accepted = acceptAtOnce(ExecutionType.SERIAL_WAIT);

    assertThat(accepted)
        .filteredOn(instance -> instance.state() == WorkflowState.SUBMITTED)
        .map(SerialQueueContract::place)
        .containsExactly(first().orElseThrow());
    assertThat(accepted).extracting(WorkflowInstance::ticket).doesNotHaveDuplicates();
  }

  @Test
  void of_many_that_arrive_at_the_same_moment_all_but_one_are_discarded() {
    List<WorkflowInstance> accepted = acceptAtOnce(ExecutionType.SERIAL_DISCARD);

    WorkflowInstanceId started = first().orElseThrow().instance();
    assertThat(accepted)
        .allMatch(
            instance ->
                instance.id().equals(started)
                    ? instance.state() == WorkflowState.SUBMITTED
                    : instance.state() == WorkflowState.STOPPED);
  }

  private List<WorkflowInstance> acceptAtOnce(ExecutionType type) {
    List<Single<Accepted>> starts = new ArrayList<>();
    for (long id = 10; id < 30; id++) {
      starts.add(stage().intake().start(start(id, type)));
    }
    return stage().await(Single.mergeDelayError(starts).map(Accepted::instance).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"RESUME", "RERUN", "RECOVER_FAILED"})
  void what_goes_on_enters_the_queue_again_at_its_end(Command.Type what) {
    WorkflowInstance one = accept(1, ExecutionType.SERIAL_WAIT);
    leave(one);
    WorkflowInstance two = accept(2, ExecutionType.SERIAL_WAIT);

    Recorded recorded = (Recorded) want(1, what);

    Command command = commands().get(0);
    assertThat(command)
        .isEqualTo(new Command(recorded.commandId(), id(1), what, null, command.ticket(), "bob"));
    assertThat(command.ticket()).isGreaterThan(two.ticket());
    assertThat(first()).contains(place(two));
    leave(two);
    assertThat(first()).contains(new Place(id(1), command.ticket()));
  }

  @Test
  void what_goes_on_alone_is_first_at_once_also_when_it_is_asked_twice() {
    leave(accept(1, ExecutionType.SERIAL_DISCARD));

    assertThat(want(1, Command.Type.RERUN)).isInstanceOf(Recorded.class);
    assertThat(want(1, Command.Type.RERUN)).isInstanceOf(Recorded.class);

    assertThat(commands()).hasSize(2).extracting(Command::ticket).isSorted().allMatch(t -> t > 0);
    assertThat(first()).contains(new Place(id(1), commands().get(0).ticket()));
  }

  @Test
  void a_command_that_is_refused_gives_up_its_place() {
    leave(accept(1, ExecutionType.SERIAL_WAIT));
    want(1, Command.Type.RERUN);
    Command command = commands().get(0);

    stage()
        .run(
            stage()
                .journal()
                .commit(batch(++seq, owned, applied(1, command.id()), left(1, command.ticket()))));

    assertThat(first()).isEmpty();
    assertThat(commands()).isEmpty();
  }

  @Test
  void while_one_is_unfinished_another_is_not_run_again() {
    leave(accept(1, ExecutionType.SERIAL_DISCARD));
    accept(2, ExecutionType.SERIAL_DISCARD);

    assertThat(want(1, Command.Type.RECOVER_FAILED)).isEqualTo(new Discarded(id(2)));
    assertThat(commands()).isEmpty();
  }

  @Test
  void one_that_is_run_again_stops_the_others_and_not_itself() {
    leave(accept(1, ExecutionType.SERIAL_PRIORITY));
    accept(2, ExecutionType.SERIAL_PRIORITY);

    want(1, Command.Type.RERUN);
    want(1, Command.Type.RERUN);

    assertThat(commands())
        .map(SerialQueueContract::words)
        .containsExactly("RERUN of 1 by bob", stop(2, 1), "RERUN of 1 by bob");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOP", "PAUSE", "KILL_TASK", "FORCE_SUCCESS"})
  void other_wishes_take_no_place(Command.Type what) {
    leave(accept(1, ExecutionType.SERIAL_DISCARD));
    WorkflowInstance two = accept(2, ExecutionType.SERIAL_DISCARD);

    want(1, what);

    assertThat(commands()).extracting(Command::ticket).containsExactly(0L);
    leave(two);
    assertThat(first()).isEmpty();
  }

  @Test
  void an_instance_is_run_again_under_the_rule_of_the_newest_version() {
    accept(1, ExecutionType.PARALLEL);
    accept(2, ExecutionType.SERIAL_DISCARD);

    assertThat(want(1, Command.Type.RERUN)).isInstanceOf(Discarded.class);
  }

  @Test
  void an_instance_of_a_definition_that_is_parallel_now_is_run_again_without_a_place() {
    accept(1, ExecutionType.SERIAL_DISCARD);
    accept(2, ExecutionType.PARALLEL);

    assertThat(want(1, Command.Type.RERUN)).isInstanceOf(Recorded.class);

    assertThat(commands()).extracting(Command::ticket).containsExactly(0L);
  }

  @Test
  void an_instance_that_does_not_exist_takes_no_place() {
    assertThat(want(1, Command.Type.RERUN)).isEqualTo(new NoInstance());
    assertThat(first()).isEmpty();
  }
}

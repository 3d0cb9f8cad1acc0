package io.porpoise.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.master.engine.Tasks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String SELF = "porpoise.master.m1.1.shard.0";
  private static final String OTHER = "porpoise.master.m1.1.shard.1";
  private static final NodeId W1 = new NodeId("w1");
  private static final NodeId W2 = new NodeId("w2");
  private static final Reason FULL = new Reason("WORKER_FULL", "it runs 8 of at most 8 attempts");
  private static final int CAPACITY = 8;

  private final Placements placements = new Placements();
  private final Workers workers = new Workers(SELF, placements, worker -> true);
  private long next = 1;

  private static Member member(NodeId node) {
    MemberId id = new MemberId(Role.WORKER, node, 1);
    return new Member(id, "localhost", 0, "test", NOW, 0, List.of("default"), "");
  }

  private void beats(NodeId node, int running, String refusing, String... asking) {
    Heartbeat.Load load =
        new Heartbeat.Load(0, 0, 0, 0, running, CAPACITY, 0, 0, refusing, List.of(asking));
    workers.heard(new Heartbeat(member(node).id(), load));
  }

  private TaskInstanceId place(NodeId worker) {
    TaskInstanceId id = new TaskInstanceId(next++);
    placements.follow(task(id, TaskState.DISPATCHED, worker));
    return id;
  }

  private void ends(TaskInstanceId id) {
    placements.follow(task(id, TaskState.SUCCEEDED, W1));
  }

  private static TaskInstance task(TaskInstanceId id, TaskState state, NodeId worker) {
    return Tasks.submitted(id).change().state(state).worker(worker).done();
  }

  /** Places as many as are taken. */
  private int placeAll() {
    int count = 0;
    for (NodeId worker = workers.choose("default");
        worker != null;
        worker = workers.choose("default")) {
      place(worker);
      count++;
    }
    return count;
  }

  @Test
  void a_worker_that_has_not_been_heard_gets_little() {
    workers.members(List.of(member(W1)));

    assertThat(placeAll()).isEqualTo(Workers.CAPACITY_UNKNOWN);
  }

  @Test
  void a_worker_gets_what_it_has_room_for_beside_what_others_have_sent() {
    workers.members(List.of(member(W1)));
    beats(W1, 3, null);

    assertThat(placeAll()).isEqualTo(5);
  }

  @Test
  void what_was_sent_and_does_not_run_yet_takes_room() {
    workers.members(List.of(member(W1)));
    beats(W1, 0, null);
    place(W1);
    place(W1);
    beats(W1, 0, null);

    assertThat(placeAll()).isEqualTo(6);
  }

  @Test
  void the_emptier_of_two_is_chosen() {
    workers.members(List.of(member(W1), member(W2)));
    beats(W1, 2, null);
    beats(W2, 1, null);

    assertThat(workers.choose("default")).isEqualTo(W2);
  }

  @Test
  void places_that_come_up_are_filled_again_though_the_worker_was_full_at_its_last_beat() {
    workers.members(List.of(member(W1)));
    beats(W1, 0, null);
    TaskInstanceId first = place(W1);
    placeAll();
    beats(W1, CAPACITY, "it runs 8 of at most 8 attempts");
    assertThat(workers.choose("default")).isNull();

    ends(first);

    assertThat(placeAll()).isEqualTo(1);
  }

  @Test
  void after_a_refusal_it_gets_no_more_than_it_has_taken_until_it_is_heard_again() {
    workers.members(List.of(member(W1)));
    beats(W1, 0, null);
    TaskInstanceId taken = place(W1);
    place(W1);
    TaskInstanceId refused = place(W1);
    workers.refused(W1, FULL);
    placements.forget(refused);
    assertThat(workers.choose("default")).isNull();

    ends(taken);
    assertThat(placeAll()).isEqualTo(1);

    beats(W1, 4, null, SELF);
    assertThat(placeAll()).isEqualTo(4);
  }

  @Test
  void several_refusals_of_one_batch_count_each() {
    workers.members(List.of(member(W1)));
    beats(W1, 0, null);
    List<TaskInstanceId> sent = List.of(place(W1), place(W1), place(W1));
    workers.refused(W1, FULL);
    workers.refused(W1, FULL);
    placements.forget(sent.get(1));
    placements.forget(sent.get(2));

    assertThat(workers.choose("default")).isNull();
    ends(sent.get(0));
    assertThat(placeAll()).isEqualTo(1);
  }

  @Test
  void who_asks_for_room_shares_it_with_the_others_who_ask() {
    workers.members(List.of(member(W1)));
    beats(W1, 2, null, OTHER, SELF);
    assertThat(placeAll()).isEqualTo(3);

    beats(W1, 5, null, OTHER);
    assertThat(placeAll()).as("of three places, with one that has asked").isEqualTo(2);
  }

  @Test
  void a_worker_that_refuses_for_another_reason_gets_nothing_until_it_says_otherwise() {
    workers.members(List.of(member(W1)));
    beats(W1, 0, null);
    workers.refused(W1, new Reason("WORKER_BUSY", "its cpu is at 99 %"));
    assertThat(workers.choose("default")).isNull();

    beats(W1, 0, "its cpu is at 99 %");
    assertThat(workers.choose("default")).isNull();
    assertThat(workers.whyWaiting("default").text()).contains("w1 refuses (its cpu is at 99 %)");

    beats(W1, 0, null);
    assertThat(workers.choose("default")).isEqualTo(W1);
  }

  @Test
  void a_full_worker_is_explained_by_its_places() {
    workers.members(List.of(member(W1)));
    beats(W1, CAPACITY, "it runs 8 of at most 8 attempts", OTHER);

    assertThat(workers.whyWaiting("default").text())
        .isEqualTo("waiting for worker group default: 8 of 8 places of 1 worker taken");
  }
}

package io.porpoise.master.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.Slot;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetentionRoundsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration KEEP = Duration.ofDays(30);
  private static final long EPOCH = 7;

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private final MemberId self = new MemberId(Role.MASTER, new NodeId("m1"), 3);
  private final Store store = new Store();
  private final long[] epochs = new long[Slot.COUNT];

  private RetentionRounds begin(Duration keep) {
    RetentionRounds rounds = new RetentionRounds(node.clock(), store, self, keep, () -> epochs);
    rounds.start();
    return rounds;
  }

  private void own(WorkflowInstanceId... ids) {
    for (WorkflowInstanceId id : ids) {
      epochs[id.slot()] = EPOCH;
    }
  }

  private static List<Retention.Ended> ended(int attempts, long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> new Retention.Ended(new WorkflowInstanceId(id), attempts))
        .toList();
  }

  /** A statement is answered at once, and what follows it has its pause. */
  private <T> void answer(SingleSubject<T> asked, T answer) {
    asked.onSuccess(answer);
    for (int millis = 0; millis < 1_000 && store.isIdle(); millis++) {
      world.runFor(Duration.ofMillis(1));
    }
  }

  @Test
  void what_is_old_enough_and_of_its_own_slots_is_removed_under_their_epochs() {
    WorkflowInstanceId mine = new WorkflowInstanceId(5);
    WorkflowInstanceId foreign = new WorkflowInstanceId(6);
    own(mine);
    begin(KEEP);

    world.runFor(MINUTE);
    Instant before = store.before;
    answer(
        store.parts.remove(),
        new Retention.Part(
            List.of(new Retention.Ended(mine, 3), new Retention.Ended(foreign, 3)), null));

    assertThat(before).isEqualTo(World.GENESIS.plus(MINUTE).minus(KEEP));
    assertThat(store.removed).containsExactly(List.of(mine));
    assertThat(store.owner.incarnation()).isEqualTo(3);
    assertThat(store.owner.epochs()).containsOnlyKeys(mine.slot()).containsValue(EPOCH);
  }

  @Test
  void the_walk_goes_on_where_the_last_part_ended() {
    begin(KEEP);
    world.runFor(MINUTE);
    assertThat(store.after).isEqualTo(Retention.OLDEST);
    Position last = new Position(World.GENESIS, new WorkflowInstanceId(500));

    answer(store.parts.remove(), new Retention.Part(List.of(), last));

    assertThat(store.after).isEqualTo(last);
    assertThat(store.parts).hasSize(1);
  }

  @Test
  void transactions_are_small_in_instances_and_in_attempts() {
    Arrays.fill(epochs, EPOCH);
    begin(KEEP);
    world.runFor(MINUTE);
    List<Retention.Ended> part = new ArrayList<>(ended(1, 1, 151));
    part.addAll(ended(400, 151, 154));
    part.addAll(ended(5_000, 154, 155));

    answer(store.parts.remove(), new Retention.Part(part, null));
    while (!store.removals.isEmpty()) {
      answer(store.removals.remove(), 1);
    }

    assertThat(store.removed.stream().map(List::size)).containsExactly(100, 52, 1, 1);
  }

  @Test
  void what_has_expired_is_removed_by_the_owner_of_the_first_slot_until_nothing_is_left() {
    epochs[0] = EPOCH;
    begin(Duration.ZERO);
    world.runFor(MINUTE);
    assertThat(store.parts).as("instances are kept for ever").isEmpty();

    answer(store.expired.remove(), 5_000);
    answer(store.expired.remove(), 4_999);

    assertThat(store.expired).isEmpty();
  }

  @Test
  void who_does_not_own_the_first_slot_leaves_what_has_expired_to_its_owner() {
    begin(Duration.ZERO);

    world.runFor(Duration.ofMinutes(5));

    assertThat(store.expired).isEmpty();
  }

  @Test
  void after_a_statement_the_others_have_four_times_as_long() {
    begin(KEEP);
    world.runFor(MINUTE);
    world.runFor(Duration.ofMillis(100));

    store
        .parts
        .remove()
        .onSuccess(
            new Retention.Part(
                List.of(), new Position(World.GENESIS, new WorkflowInstanceId(500))));

    world.runFor(Duration.ofMillis(399));
    assertThat(store.parts).isEmpty();
    world.runFor(Duration.ofMillis(1));
    assertThat(store.parts).hasSize(1);
  }

  @Test
  void a_round_that_fails_is_over_and_the_next_begins_from_the_oldest() {
    Arrays.fill(epochs, EPOCH);
    begin(KEEP);
    world.runFor(MINUTE);
    answer(store.parts.remove(), new Retention.Part(ended(1, 1, 151), null));

    store.removals.remove().onError(new IllegalStateException("the database is away"));
    world.runFor(MINUTE.minusMillis(1));
    assertThat(store.removed).hasSize(1);
    assertThat(store.parts).isEmpty();

    world.runFor(Duration.ofMillis(1));
    assertThat(store.parts).hasSize(1);
    assertThat(store.after).isEqualTo(Retention.OLDEST);
  }

  @Test
  void nothing_is_done_after_the_stop() {
    RetentionRounds rounds = begin(KEEP);

    rounds.stop();
    world.runFor(Duration.ofHours(1));

    assertThat(store.parts).isEmpty();
  }

  /** A database that answers when the test says so. */
  private static final class Store implements Retention {
    final ArrayDeque<SingleSubject<Part>> parts = new ArrayDeque<>();
    final ArrayDeque<SingleSubject<Integer>> removals = new ArrayDeque<>();
    final ArrayDeque<SingleSubject<Integer>> expired = new ArrayDeque<>();
    final List<List<WorkflowInstanceId>> removed = new ArrayList<>();
    Instant before;
    Position after;
    Owner owner;

    boolean isIdle() {
      return parts.isEmpty() && removals.isEmpty() && expired.isEmpty();
    }

    private static <T> Single<T> asked(ArrayDeque<SingleSubject<T>> queue) {
      SingleSubject<T> answer = SingleSubject.create();
      queue.add(answer);
      return answer;
    }

    @Override
    public Single<Part> endedBefore(Instant limit, Position position, int count) {
      before = limit;
      after = position;
      return asked(parts);
    }

    @Override
    public Single<Integer> remove(Owner by, Instant limit, Collection<WorkflowInstanceId> ids) {
      owner = by;
      removed.add(List.copyOf(ids));
      return asked(removals);
    }

    @Override
    public Single<Integer> removeExpired(Instant now, int limit) {
      return asked(expired);
    }
  }
}

package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final MemberId API = new MemberId(Role.API, new NodeId("a1"), 1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimNode master = new SimNode(world, "m1");
  private final SimBus apiBus = new SimBus(new SimNode(world, "a1"), network);
  private final Feed feed = new Feed(master.clock(), new SimBus(master, network));
  private final List<InstancesTouched> heard = new ArrayList<>();

  @BeforeEach
  void listen() {
    apiBus
        .serve(
            Addresses.events(API),
            message -> {
              heard.add((InstancesTouched) message);
              return Maybe.empty();
            })
        .subscribe(() -> {}, e -> {}, subscriptions);
    world.runFor(SECOND);
  }

  private void commit(long... ids) {
    master.post(() -> LongStream.of(ids).forEach(id -> feed.committed(new WorkflowInstanceId(id))));
  }

  private void wanted(Duration lease) {
    master.post(() -> feed.wanted(new FeedWanted(API, lease.toMillis())));
  }

  private static List<WorkflowInstanceId> ids(long... ids) {
    return LongStream.of(ids).mapToObj(WorkflowInstanceId::new).toList();
  }

  @Test
  void commits_of_a_moment_are_one_message_that_names_each_instance_once() {
    wanted(Duration.ofSeconds(15));
    commit(1, 2, 1);
    commit(3);
    world.runFor(SECOND);
    commit(1);
    world.runFor(SECOND);

    assertThat(heard)
        .containsExactly(
            new InstancesTouched(ids(1, 2, 3), false), new InstancesTouched(ids(1), false));
  }

  @Test
  void nothing_is_told_before_somebody_wants_it_or_after_the_lease() {
    commit(1);
    world.runFor(SECOND);
    wanted(Duration.ofSeconds(2));
    world.runFor(Duration.ofSeconds(3));
    commit(2);
    world.runFor(SECOND);

    assertThat(heard).isEmpty();
  }

  @Test
  void more_than_a_message_should_have_is_said_to_be_more() {
    wanted(Duration.ofSeconds(15));
    commit(LongStream.rangeClosed(1, 600).toArray());
    world.runFor(SECOND);

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).instances()).hasSize(500);
    assertThat(heard.get(0).isMore()).isTrue();
  }
}

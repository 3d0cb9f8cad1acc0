package io.porpoise.master.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Reachability.Finding;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.Slot;
import io.porpoise.master.MasterSettings;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.simulation.store.SimDatabase;
import io.porpoise.simulation.store.SimSlotStore;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotKeeperTest {
  private static final Duration SOON = Duration.ofMillis(100);

  private final World world = new World(1);
  private final SimNetwork network = new SimNetwork(world);
  private final SimDatabase database = new SimDatabase(world, network);
  private final CompositeDisposable running = new CompositeDisposable();
  private final List<Master> masters = new ArrayList<>();
  private Finding finding = Finding.CONNECTED;

  @AfterEach
  void stop() {
    running.dispose();
    assertThat(world.failures()).isEmpty();
  }

  @Test
  void a_newcomer_claims_at_once_what_it_is_told_to_be_released() {
    Master first = new Master("m1");
    everybodySees(first);
    assertThat(first.held).hasSize(Slot.COUNT);

    Master second = new Master("m2");
    everybodySees(first, second);

    assertThat(second.held).isNotEmpty();
    assertThat(first.held).hasSize(Slot.COUNT - second.held.size());
    assertThat(first.lost).isEmpty();
  }

  @Test
  void an_owner_that_does_not_release_is_overridden_after_the_claim_delay() {
    Master first = new Master("m1");
    everybodySees(first);
    first.releasing = Completable.never();
    Master second = new Master("m2");
    everybodySees(first, second);

    world.runFor(MasterSettings.DEFAULTS.claimDelay().minus(SOON.multipliedBy(3)));
    assertThat(second.held).isEmpty();

    world.runFor(Duration.ofSeconds(1));
    assertThat(second.held).isNotEmpty();
  }

  @Test
  void a_master_that_is_silent_and_refuses_connections_loses_its_slots_before_its_session_ends() {
    Master first = new Master("m1");
    Master second = new Master("m2");
    everybodySees(first, second);
    first.node.crash();
    finding = Finding.REFUSED;

    world.runFor(MasterSettings.DEFAULTS.suspicion().plus(SOON));

    assertThat(second.held).hasSize(Slot.COUNT);
  }

  @Test
  void a_silent_master_that_refuses_nothing_keeps_them_until_its_session_ends() {
    Master first = new Master("m1");
    Master second = new Master("m2");
    everybodySees(first, second);
    first.node.pause();
    world.runFor(Duration.ofSeconds(5));
    assertThat(second.held).hasSizeLessThan(Slot.COUNT);

    everybodySees(second);
    assertThat(second.held).hasSize(Slot.COUNT);
  }

  @Test
  void a_database_that_is_silent_holds_up_no_stop() {
    Master first = new Master("m1");
    everybodySees(first);
    network.cutBoth("m1", SimDatabase.HOST);
    List<String> stopped = new ArrayList<>();
    first.node.post(
        () ->
            running.add(
                first
                    .keeper
                    .stop()
                    .subscribe(() -> stopped.add("m1"), failure -> stopped.add("m1"))));

    world.runFor(Duration.ofSeconds(6));

    assertThat(stopped).containsExactly("m1");
  }

  private void everybodySees(Master... present) {
    List<Member> members = List.of(present).stream().map(master -> master.self).toList();
    for (Master master : present) {
      master.node.post(() -> master.keeper.members(members));
    }
    world.runFor(SOON);
  }

  /** A master with nothing but its slots. */
  private final class Master implements SlotKeeper.Holder {
    final SimNode node;
    final Member self;
    final SlotKeeper keeper;
    final TreeSet<Integer> held = new TreeSet<>();
    final TreeSet<Integer> lost = new TreeSet<>();
    Completable releasing = Completable.complete();

    Master(String name) {
      node = new SimNode(world, name);
      self =
          new Member(
              new MemberId(Role.MASTER, new NodeId(name), 1),
              name,
              network.open(node),
              "test",
              World.GENESIS,
              1,
              List.of(),
              "");
      keeper =
          new SlotKeeper(
              node.clock(),
              new SimSlotStore(node, database),
              (member, timeout) -> Single.fromSupplier(() -> finding),
              self.id(),
              MasterSettings.DEFAULTS,
              this);
      keeper.state(RegistryState.CONNECTED);
      masters.add(this);
    }

    @Override
    public void gained(Map<Integer, Long> slots) {
      held.addAll(slots.keySet());
    }

    @Override
    public void confirmed(long[] epochs, long askedNanos) {}

    @Override
    public Completable released(Collection<Integer> slots) {
      held.removeAll(slots);
      return releasing;
    }

    @Override
    public void lost(Collection<Integer> slots) {
      held.removeAll(slots);
      lost.addAll(slots);
    }

    @Override
    public void moved() {
      masters.stream()
          .filter(other -> other != this)
          .forEach(other -> other.node.post(other.keeper::review));
    }
  }
}

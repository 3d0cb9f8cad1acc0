package io.porpoise.cluster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What a registry does. Needs nodes 0 and 1 with a registry each, not joined yet and with nobody
 * else in it, in every test.
 */
public abstract class RegistryContract {
  protected static final Member MASTER = member(Role.MASTER, "m1", 1);
  protected static final Member WORKER = member(Role.WORKER, "w1", 1);

  protected abstract Stage stage();

  protected abstract Registry registry(int node);

  /**
   * The node's session ends, as if it had been silent for too long; the node can connect again at
   * once.
   */
  protected abstract void loseSession(int node);

  /** Nobody can reach the registry, for less than a session's length. */
  protected abstract void registryAway();

  /** The registry can be reached again. */
  protected abstract void registryBack();

  protected static Member member(Role role, String node, long incarnation) {
    List<String> groups = role == Role.WORKER ? List.of("default") : List.of();
    return new Member(
        new MemberId(role, new NodeId(node), incarnation),
        "127.0.0.1",
        7000,
        "0.1.0",
        Instant.parse("2026-11-21T02:00:00Z"),
        role == Role.MASTER ? 2 : 0,
        groups,
        "");
  }

  @Test
  void a_member_that_has_joined_is_seen_by_itself_and_by_the_others() {
    join(0, MASTER);
    join(1, WORKER);

    untilMembers(0, MASTER, WORKER);
    untilMembers(1, MASTER, WORKER);
  }

  @Test
  void a_listener_hears_the_present_members_at_once_and_every_change_after() {
    join(0, MASTER);
    List<List<Member>> heard = new CopyOnWriteArrayList<>();

    Disposable listening = listen(0, heard);
    stage().until("the present members are heard", () -> heard.contains(List.of(MASTER)));
    join(1, WORKER);

    stage().until("the newcomer is heard", () -> heard.contains(List.of(MASTER, WORKER)));
    stage().complete(1, () -> registry(1).leave());
    stage().until("the leaver is missed", () -> last(heard).equals(List.of(MASTER)));
    stage().run(0, listening::dispose);
  }

  @Test
  void a_listener_is_called_on_the_loop_that_registered_it() {
    AtomicBoolean onLoop = new AtomicBoolean(true);
    AtomicReference<List<Member>> last = new AtomicReference<>(List.of());
    Disposable listening =
        stage()
            .call(
                1,
                () ->
                    registry(1)
                        .onMembers(
                            members -> {
                              onLoop.compareAndSet(true, stage().isOnLoop(1));
                              last.set(members);
                            }));

    join(0, MASTER);

    stage().until("the member is heard", () -> last.get().equals(List.of(MASTER)));
    assertThat(onLoop).isTrue();
    stage().run(1, listening::dispose);
  }

  @Test
  void a_disposed_listener_hears_nothing_more() {
    List<List<Member>> heard = new CopyOnWriteArrayList<>();
    List<List<Member>> control = new CopyOnWriteArrayList<>();
    Disposable listening = listen(0, heard);
    stage().until("the first call", () -> !heard.isEmpty());
    stage().run(0, listening::dispose);
    int before = heard.size();

    Disposable controlling = listen(0, control);
    join(1, WORKER);

    stage().until("others still hear", () -> control.contains(List.of(WORKER)));
    assertThat(heard).hasSize(before);
    assertThat(controlling.isDisposed()).isFalse();
    assertThat(listening.isDisposed()).isTrue();
  }

  @Test
  void joining_again_replaces_what_the_member_tells() {
    join(0, WORKER);
    Member regrouped =
        new Member(
            WORKER.id(),
            WORKER.host(),
            WORKER.busPort(),
            WORKER.version(),
            WORKER.startedAt(),
            0,
            List.of("gpu"),
            "");

    join(0, regrouped);

    untilMembers(0, regrouped);
    untilMembers(1, regrouped);
  }

  @Test
  void a_newer_incarnation_takes_the_place_of_the_older_one_at_once() {
    Member reborn = member(Role.WORKER, "w1", 2);
    join(0, WORKER);
    untilMembers(1, WORKER);

    join(1, reborn);

    untilMembers(1, reborn);
    untilMembers(0, reborn);
  }

  @Test
  void members_are_ordered_by_role_node_and_incarnation() {
    join(0, WORKER);
    join(1, MASTER);

    untilMembers(0, MASTER, WORKER);
  }

  @Test
  void leaving_without_having_joined_completes() {
    stage().complete(0, () -> registry(0).leave());
  }

  @Test
  void a_state_listener_hears_the_present_state_at_once() {
    List<RegistryState> heard = new CopyOnWriteArrayList<>();
    join(0, MASTER);

    hearStates(0, heard);

    stage().until("the state is heard", () -> heard.contains(RegistryState.CONNECTED));
  }

  @Test
  void a_lost_session_is_told_and_the_member_joins_again_by_itself() {
    join(0, MASTER);
    join(1, WORKER);
    untilMembers(1, MASTER, WORKER);
    List<RegistryState> states = new CopyOnWriteArrayList<>();
    List<List<Member>> seenByTheOther = new CopyOnWriteArrayList<>();
    hearStates(0, states);
    Disposable listening = listen(1, seenByTheOther);

    loseSession(0);

    stage().until("the loss is heard", () -> states.contains(RegistryState.LOST));
    stage().until("and the return", () -> last(states) == RegistryState.CONNECTED);
    untilMembers(0, MASTER, WORKER);
    untilMembers(1, MASTER, WORKER);
    stage()
        .until("listeners still hear", () -> last(seenByTheOther).equals(List.of(MASTER, WORKER)));
    stage().complete(1, () -> registry(1).leave());
    untilMembers(0, MASTER);
    stage().run(1, listening::dispose);
  }

  @Test
  void a_touch_is_answered_while_the_member_is_there() {
    join(0, MASTER);

    stage().complete(0, () -> registry(0).touch());
  }

  @Test
  void a_touch_fails_before_joining() {
    assertThat(touches(0)).isFalse();
  }

  @Test
  void a_touch_fails_while_the_registry_is_away_and_works_again_after() {
    join(0, MASTER);
    List<RegistryState> states = new CopyOnWriteArrayList<>();
    hearStates(0, states);

    registryAway();
    stage().until("it is noticed", () -> states.contains(RegistryState.SUSPENDED));
    assertThat(touches(0)).isFalse();
    registryBack();

    stage().until("a touch is answered", () -> touches(0));
    untilMembers(0, MASTER);
    assertThat(states).doesNotContain(RegistryState.LOST);
  }

  @Test
  void nobody_leads_a_role_that_nobody_has() {
    join(0, MASTER);
    untilMembers(0, MASTER);

    assertThat(leader(0, Role.ALERT)).isEmpty();
  }

  @Test
  void the_member_that_joined_first_leads_and_the_next_takes_over_when_it_leaves() {
    Member other = member(Role.MASTER, "m0", 1);
    join(0, MASTER);
    join(1, other);
    untilMembers(0, other, MASTER);
    untilMembers(1, other, MASTER);
    Optional<MemberId> first = leader(0, Role.MASTER);

    assertThat(first).contains(MASTER.id());
    assertThat(leader(1, Role.MASTER)).isEqualTo(first);

    stage().complete(0, () -> registry(0).leave());

    stage().until("the other leads", () -> leader(1, Role.MASTER).equals(Optional.of(other.id())));
  }

  protected final void join(int node, Member self) {
    stage().complete(node, () -> registry(node).join(self));
  }

  protected final void untilMembers(int node, Member... expected) {
    stage()
        .until(
            "node " + node + " sees " + List.of(expected),
            () -> stage().call(node, () -> registry(node).members()).equals(List.of(expected)));
  }

  private void hearStates(int node, List<RegistryState> states) {
    Disposable endless = stage().call(node, () -> registry(node).onState(states::add));
    assertThat(endless.isDisposed()).isFalse();
  }

  private Disposable listen(int node, List<List<Member>> heard) {
    return stage().call(node, () -> registry(node).onMembers(heard::add));
  }

  private Optional<MemberId> leader(int node, Role role) {
    return stage().await(node, () -> registry(node).leader(role));
  }

  private boolean touches(int node) {
    return stage()
        .await(node, () -> registry(node).touch().toSingleDefault(true).onErrorReturnItem(false));
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}

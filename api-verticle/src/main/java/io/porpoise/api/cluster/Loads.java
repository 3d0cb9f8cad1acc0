package io.porpoise.api.cluster;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The last heartbeat of every member. For one event loop. */
final class Loads {
  private final Clock clock;
  private final Map<MemberId, Heard> heard = new TreeMap<>();

  /** What a member said of itself, and when it was heard here. */
  record Heard(Heartbeat.Load load, long atNanos) {}

  Loads(Clock clock) {
    this.clock = clock;
  }

  Completable listen(Bus bus) {
    return bus.listen(Addresses.HEARTBEAT, this::hear);
  }

  private void hear(Message message) {
    if (message instanceof Heartbeat heartbeat) {
      heard.put(heartbeat.member(), new Heard(heartbeat.load(), clock.monotonicNanos()));
    }
  }

  Optional<Heard> of(MemberId member) {
    return Optional.ofNullable(heard.get(member));
  }

  /** Forgets those who have left. */
  void keep(List<Member> members) {
    Set<MemberId> present = members.stream().map(Member::id).collect(Collectors.toSet());
    heard.keySet().retainAll(present);
  }
}

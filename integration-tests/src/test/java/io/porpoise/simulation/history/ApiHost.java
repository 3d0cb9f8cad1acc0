package io.porpoise.simulation.history;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.simulation.SimNode;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;

/** A host with an API node. */
final class ApiHost extends Host {
  private SimApi api;

  ApiHost(Surroundings around, String name, long driftPerMillion) {
    super(around, name, driftPerMillion);
  }

  /** Of the present life; null before the first. */
  SimApi api() {
    return api;
  }

  @Override
  protected Completable begin(SimNode life, long number) {
    api = new SimApi(around, life);
    return api.join(
        new Member(
            new MemberId(Role.API, new NodeId(name), number),
            name,
            0,
            "simulated",
            life.clock().now(),
            0,
            List.of(),
            ""));
  }

  @Override
  protected Completable end() {
    return api.leave();
  }

  @Override
  public long unexpected() {
    return 0; // it decides nothing
  }
}

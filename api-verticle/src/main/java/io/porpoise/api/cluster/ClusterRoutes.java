package io.porpoise.api.cluster;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Texts;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.Slot;
import io.porpoise.owner.SlotOwners;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Who is in the cluster, and how busy. */
public final class ClusterRoutes {
  private final Registry registry;
  private final SlotOwners owners;
  private final Clock clock;
  private final Loads loads;
  private Disposable membership = Disposable.disposed();

  public ClusterRoutes(Registry registry, SlotOwners owners, Clock clock) {
    this.registry = registry;
    this.owners = owners;
    this.clock = clock;
    this.loads = new Loads(clock);
  }

  public Completable start(Bus bus) {
    return loads.listen(bus).doOnComplete(() -> membership = registry.onMembers(loads::keep));
  }

  public void stop() {
    membership.dispose();
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/cluster", this::cluster));
  }

  private Single<Answer> cluster(Call call) {
    return Single.just(Answer.json(200, picture()));
  }

  /** Who is there at this moment. */
  public JsonObject picture() {
    long owned = IntStream.range(0, Slot.COUNT).filter(s -> owners.ownerOf(s).isPresent()).count();
    return new JsonObject()
        .put("masters", members(Role.MASTER))
        .put("workers", members(Role.WORKER))
        .put("apis", members(Role.API))
        .put("alerts", members(Role.ALERT))
        .put("slots", new JsonObject().put("total", Slot.COUNT).put("owned", owned));
  }

  private JsonArray members(Role role) {
    JsonArray array = new JsonArray();
    registry.members().stream()
        .filter(member -> member.id().role() == role)
        .forEach(member -> array.add(toJson(member)));
    return array;
  }

  private JsonObject toJson(Member member) {
    JsonObject json =
        new JsonObject()
            .put("node", member.id().node().value())
            .put("incarnation", Long.toString(member.id().incarnation()))
            .put("host", member.host())
            .put("version", member.version())
            .put("startTime", Texts.time(member.startedAt()));
    switch (member.id().role()) {
      case MASTER -> json.put("shards", member.shards());
      case WORKER -> json.put("workerGroups", new JsonArray(member.workerGroups()));
      case API -> json.put("url", member.url());
      case ALERT -> {}
    }
    Loads.Heard heard = loads.of(member.id()).orElse(null);
    return json.put("load", heard == null ? null : toJson(member.id().role(), heard.load()))
        .put("heartbeatAgeMillis", heard == null ? null : age(heard));
  }

  private long age(Loads.Heard heard) {
    return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - heard.atNanos());
  }

  private static JsonObject toJson(Role role, Heartbeat.Load load) {
    JsonObject json =
        new JsonObject()
            .put("cpu", load.cpu())
            .put("memory", load.memory())
            .put("disk", load.disk())
            .put("processBytes", load.processBytes())
            .put("running", load.running());
    return switch (role) {
      case MASTER -> json.put("waiting", load.waiting()).put("slots", load.slots());
      case WORKER -> json.put("capacity", load.capacity()).put("refusing", load.refusing());
      case API, ALERT -> json;
    };
  }
}

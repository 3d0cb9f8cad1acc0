package io.porpoise.master;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.tcp.TcpReachability;
import io.porpoise.node.NodeRuntime;
import io.porpoise.node.Program;
import io.porpoise.store.sql.SqlStores;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;

/** A master as a member of a process. */
public final class MasterProgram implements Program {
  @Override
  public String name() {
    return "master";
  }

  @Override
  public Completable start(NodeRuntime runtime) {
    return runtime
        .stores()
        .flatMapCompletable(stores -> runtime.deploy(name(), verticle(runtime, stores)));
  }

  private static MasterVerticle verticle(NodeRuntime runtime, SqlStores stores) {
    int configured = runtime.config().master().shards();
    int shards = configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    Member self = runtime.begin(Role.MASTER, shards, List.of());
    MasterVerticle.Shared shared =
        new MasterVerticle.Shared(
            runtime.bus(),
            runtime.newRegistry(),
            new TcpReachability(runtime.vertx()),
            stores.slots(),
            stores.runs(),
            stores.journal(),
            stores.ids(),
            stores.intake(),
            stores.serialQueue(),
            stores.taskGroups(),
            stores.retention());
    return new MasterVerticle(
        self,
        shared,
        MasterSettings.of(runtime.config(), shards),
        new MasterMetrics(runtime.metrics()),
        runtime.load()::forHeartbeat);
  }
}

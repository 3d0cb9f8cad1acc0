package io.porpoise.alert;

import io.porpoise.cluster.Role;
import io.porpoise.node.NodeRuntime;
import io.porpoise.node.Program;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;

/** An alert node as a member of a process. */
public final class AlertProgram implements Program {
  @Override
  public String name() {
    return "alert";
  }

  @Override
  public Completable start(NodeRuntime runtime) {
    return Completable.defer(
        () ->
            runtime.deploy(
                name(),
                new AlertVerticle(
                    runtime.begin(Role.ALERT, 0, List.of()),
                    runtime.bus(),
                    runtime.newRegistry(),
                    runtime.config().cluster().heartbeat(),
                    runtime.load()::forHeartbeat)));
  }
}

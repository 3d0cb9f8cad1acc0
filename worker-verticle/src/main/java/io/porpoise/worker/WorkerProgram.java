package io.porpoise.worker;

import io.porpoise.cluster.Role;
import io.porpoise.node.NodeRuntime;
import io.porpoise.node.Program;
import io.porpoise.node.config.WorkerConfig;
import io.reactivex.rxjava3.core.Completable;
import java.nio.file.Path;
import java.time.Duration;

/** A worker as a member of a process. */
public final class WorkerProgram implements Program {
  /** Beyond the wait or the grace: reports have to be sent, the keeper to be told. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public Completable start(NodeRuntime runtime) {
    return Completable.defer(
        () -> runtime.deploy(name(), verticle(runtime), stopTimeout(runtime.config().worker())));
  }

  private static WorkerVerticle verticle(NodeRuntime runtime) {
    WorkerConfig config = runtime.config().worker();
    Path data = config.data().orElse(runtime.data().path().resolve("worker"));
    return new WorkerVerticle(
        runtime.begin(Role.WORKER, 0, config.groups()),
        runtime.bus(),
        runtime.newRegistry(),
        config,
        data.toAbsolutePath(),
        runtime.config().zookeeper().sessionTimeout());
  }

  private static Duration stopTimeout(WorkerConfig config) {
    return switch (config.stopMode()) {
      case LEAVE -> STOP_SLACK;
      case WAIT -> config.stopWait().plus(STOP_SLACK);
      case KILL -> config.killGrace().plus(STOP_SLACK);
    };
  }
}

package io.porpoise.standalone;

import io.porpoise.alert.AlertProgram;
import io.porpoise.api.ApiProgram;
import io.porpoise.api.auth.FirstUser;
import io.porpoise.master.MasterProgram;
import io.porpoise.node.DataDirectory;
import io.porpoise.node.NodeRuntime;
import io.porpoise.node.Program;
import io.porpoise.node.Stop;
import io.porpoise.node.config.Config;
import io.porpoise.worker.WorkerProgram;
import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayList;
import java.util.List;

/** One member of each role, and what they connect to. */
public final class StandaloneProgram implements Program {
  private final ApiProgram api = ApiProgram.standalone();

  @Override
  public String name() {
    return "standalone";
  }

  @Override
  public List<String> prepare(Config config, DataDirectory data, Stop stop) {
    return new Embedded(config, data, stop).start();
  }

  /**
   * The API comes last: when it answers, there is somebody to do the work. The database comes
   * first, as most starts that fail do so there; and a member that fails waits for the others, so
   * that nothing is still starting when all is stopped.
   */
  @Override
  public Completable start(NodeRuntime runtime) {
    return runtime
        .stores()
        .ignoreElement()
        .andThen(
            Completable.mergeArrayDelayError(
                new MasterProgram().start(runtime),
                new WorkerProgram().start(runtime),
                new AlertProgram().start(runtime)))
        .andThen(api.start(runtime));
  }

  @Override
  public List<String> greeting(NodeRuntime runtime) {
    Config config = runtime.config();
    List<String> lines = new ArrayList<>(api.greeting(runtime));
    boolean isKnown = config.admin().password().value().isEmpty();
    lines.add(
        "log in as %s with %s"
            .formatted(
                config.admin().user(),
                isKnown ? FirstUser.STANDALONE_PASSWORD : "the configured password"));
    lines.add("everything is kept in " + runtime.data().path() + "; Ctrl-C stops");
    return lines;
  }
}

package io.porpoise.api;

import io.porpoise.api.ApiVerticle.Surroundings;
import io.porpoise.api.auth.FirstUser;
import io.porpoise.api.auth.Passwords;
import io.porpoise.cluster.Role;
import io.porpoise.node.NodeRuntime;
import io.porpoise.node.Program;
import io.porpoise.node.StartFailure;
import io.porpoise.node.config.ApiConfig;
import io.porpoise.store.sql.SqlStores;
import io.porpoise.time.VertxClock;
import io.reactivex.rxjava3.core.Completable;
import java.net.BindException;
import java.util.List;

/** An API node as a member of a process. */
public final class ApiProgram implements Program {
  private final boolean isStandalone;
  private ApiVerticle verticle;

  private ApiProgram(boolean isStandalone) {
    this.isStandalone = isStandalone;
  }

  /** Refuses to start without a first user. */
  public static ApiProgram ofCluster() {
    return new ApiProgram(false);
  }

  /** Has a first user whom everybody knows. */
  public static ApiProgram standalone() {
    return new ApiProgram(true);
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public Completable start(NodeRuntime runtime) {
    return runtime
        .stores()
        .flatMapCompletable(
            stores ->
                firstUser(runtime, stores)
                    .andThen(Completable.defer(() -> deploy(runtime, stores))));
  }

  @Override
  public List<String> greeting(NodeRuntime runtime) {
    ApiConfig api = runtime.config().api();
    return List.of(api.url().orElse("http://" + api.host() + ":" + verticle.port()));
  }

  private Completable firstUser(NodeRuntime runtime, SqlStores stores) {
    return new FirstUser(stores.users(), new Passwords(runtime.vertx()))
        .ensure(runtime.config().admin(), isStandalone)
        .onErrorResumeNext(
            e ->
                Completable.error(
                    e instanceof IllegalStateException ? new StartFailure(e.getMessage(), e) : e));
  }

  private Completable deploy(NodeRuntime runtime, SqlStores stores) {
    verticle =
        new ApiVerticle(
            runtime.begin(Role.API, 0, List.of()),
            runtime.config().api(),
            context ->
                new ApiPorts(
                    new VertxClock(context),
                    runtime.bus(),
                    runtime.newRegistry(),
                    stores.users(),
                    stores.projects(),
                    stores.workflows(),
                    stores.intake(),
                    stores.queries(),
                    stores.ids(),
                    stores.slots(),
                    stores.taskGroups(),
                    stores.catalog(),
                    stores.overviews()),
            new Surroundings(runtime.metrics(), runtime.health(), runtime.load()::forHeartbeat));
    return runtime
        .deploy(name(), verticle)
        .onErrorResumeNext(e -> Completable.error(explained(e, runtime.config().api())));
  }

  private static Throwable explained(Throwable e, ApiConfig api) {
    if (!(e instanceof BindException)) {
      return e;
    }
    boolean isInUse = String.valueOf(e.getMessage()).contains("in use");
    String why = isInUse ? "is in use" : "cannot be listened on (" + e.getMessage() + ")";
    return new StartFailure(
        "port %d on %s %s: stop what uses it, or choose another with --set api.port=PORT"
            .formatted(api.port(), api.host(), why),
        e);
  }
}

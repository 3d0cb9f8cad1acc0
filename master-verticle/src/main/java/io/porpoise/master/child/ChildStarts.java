package io.porpoise.master.child;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.owner.Looks;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.RunStore;
import io.porpoise.store.RunStore.Startable;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inserts child instances: at most one for an attempt, however often it is tried. */
final class ChildStarts {
  /**
   * Either the child or the reason why there cannot be one.
   *
   * @param refusal null when the child is there
   */
  record Outcome(WorkflowInstance child, Reason refusal) {}

  private static final Logger log = LoggerFactory.getLogger(ChildStarts.class);
  private static final int NAME_CHARS_MAX = 200;

  private final Clock clock;
  private final RunStore runs;
  private final InstanceIntake intake;
  private final IdBlocks ids;
  private final Looks looks;

  ChildStarts(Clock clock, RunStore runs, InstanceIntake intake, IdBlocks ids, Looks looks) {
    this.clock = clock;
    this.runs = runs;
    this.intake = intake;
    this.ids = ids;
    this.looks = looks;
  }

  /**
   * Fails only while the database is away, which another try may change. All else is a refusal: a
   * stop of the parent would wait for ever for what is only tried again.
   */
  Single<Outcome> start(Callable<ChildOrder.Made> wanted) {
    return Single.fromCallable(wanted)
        .flatMap(
            made ->
                made.failure() == null
                    ? start(made.order())
                    : Single.just(new Outcome(null, made.failure())))
        .onErrorResumeNext(ChildStarts::refusedUnlessAway);
  }

  private static Single<Outcome> refusedUnlessAway(Throwable failure) {
    if (failure instanceof StoreUnavailable) {
      return Single.error(failure);
    }
    log.atWarn().addKeyValue("cause", failure).log("a sub-workflow cannot be started");
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return refused("CHILD_REFUSED", "the sub-workflow cannot be started: " + why);
  }

  private Single<Outcome> start(ChildOrder order) {
    if (order.parent().depth() > Parent.DEPTH_MAX) {
      return refused(
          "TOO_DEEP",
          "sub-workflows are nested deeper than " + Parent.DEPTH_MAX + "; does one start itself?");
    }
    if (order.project().length() > NAME_CHARS_MAX || order.workflow().length() > NAME_CHARS_MAX) {
      return refused("NO_WORKFLOW", "no workflow has a name that long; are its parameters right?");
    }
    String name = "workflow '" + order.project() + "/" + order.workflow() + "'";
    return runs.startable(order.project(), order.workflow())
        .flatMapSingle(
            found ->
                found.releaseState() == ReleaseState.ONLINE
                    ? insert(order, found)
                    : refused("WORKFLOW_OFFLINE", name + " is OFFLINE; release it ONLINE"))
        .switchIfEmpty(refused("NO_WORKFLOW", "there is no " + name));
  }

  private static Single<Outcome> refused(String code, String text) {
    return Single.just(new Outcome(null, new Reason(code, text)));
  }

  private Single<Outcome> insert(ChildOrder order, Startable workflow) {
    return ids.reserve(IdBlocks.Sequence.WORKFLOW_INSTANCE, 1)
        .flatMap(
            id ->
                intake.start(
                    new Start(
                        new WorkflowInstanceId(id),
                        workflow.projectId(),
                        workflow.workflowId(),
                        workflow.version(),
                        workflow.executionType(),
                        order.options(),
                        order.parent(),
                        0,
                        order.createdBy(),
                        null,
                        clock.now())))
        .doOnSuccess(accepted -> accepted.stopped().forEach(looks::at))
        .map(accepted -> new Outcome(accepted.instance(), null));
  }
}

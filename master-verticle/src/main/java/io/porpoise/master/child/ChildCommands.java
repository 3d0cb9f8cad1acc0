package io.porpoise.master.child;

import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.owner.Looks;
import io.porpoise.store.Command;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceIntake.WishOutcome;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What parents want of their children, as commands like everybody's. */
final class ChildCommands {
  private static final Logger log = LoggerFactory.getLogger(ChildCommands.class);
  private static final String ACTOR = "parent";

  private final InstanceIntake intake;
  private final Looks looks;
  private final Set<WorkflowInstanceId> onTheWay = new HashSet<>();

  /** Stops and pauses that the database has not taken. */
  private final Map<WorkflowInstanceId, Command.Type> unsent = new LinkedHashMap<>();

  private final CompositeDisposable running = new CompositeDisposable();

  ChildCommands(InstanceIntake intake, Looks looks) {
    this.intake = intake;
    this.looks = looks;
  }

  boolean areOnTheWayTo(WorkflowInstanceId child) {
    return onTheWay.contains(child);
  }

  void send(WorkflowInstanceId child, Command.Type what) {
    send(new Wish(child, what, null, ACTOR), outcome -> {});
  }

  /** Recorded twice, it has its effect once: after it the child is in another round. */
  void setGoing(WorkflowInstance child, Command.Type how, Consumer<WishOutcome> onAnswer) {
    send(new Wish(child.id(), how, null, child.round(), ACTOR), onAnswer);
  }

  private void send(Wish wish, Consumer<WishOutcome> onAnswer) {
    WorkflowInstanceId child = wish.instance();
    Command.Type what = wish.type();
    onTheWay.add(child);
    intake
        .command(wish)
        .subscribe(
            outcome -> {
              onTheWay.remove(child);
              onAnswer.accept(outcome);
              looks.at(child);
              if (outcome instanceof InstanceIntake.Recorded recorded) {
                recorded.stopped().forEach(looks::at);
              }
            },
            failure -> {
              onTheWay.remove(child);
              if (what == Command.Type.STOP || what == Command.Type.PAUSE) {
                unsent.put(child, what);
              }
              log.atWarn()
                  .addKeyValue("workflowInstance", child)
                  .addKeyValue("command", what)
                  .addKeyValue("cause", failure)
                  .log("a sub-workflow could not be told yet; the sweep repeats it");
            },
            running);
  }

  /** What the database has not taken. */
  void sendAgain() {
    Map<WorkflowInstanceId, Command.Type> again = new LinkedHashMap<>(unsent);
    unsent.clear();
    again.forEach(this::send);
  }

  void close() {
    running.dispose();
  }
}

package io.porpoise.master.serial;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Inbox;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.owner.Looks;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SerialQueue.Place;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instances of a shard wait for their turn. Who is first stays first until it leaves, so
 * asking twice, or acting on an old answer, does no harm; whoever leaves has the next one told, and
 * the sweep asks for those whose message was lost.
 */
public final class SerialTurns {
  private record Waiter(long workflowId, long ticket) {}

  /** A question on its way, and what was asked meanwhile. */
  private static final class Question {
    boolean isHandOver;
    boolean isAskedAgain;
    boolean isHandOverAgain;
  }

  private static final Logger log = LoggerFactory.getLogger(SerialTurns.class);

  private final SerialQueue queue;
  private final Inbox inbox;
  private final Looks looks;
  private final Map<WorkflowInstanceId, Waiter> waiters = new LinkedHashMap<>();

  /** How many of the waiters are of a workflow. */
  private final Map<Long, Integer> waiting = new HashMap<>();

  private final Map<Long, Question> questions = new HashMap<>();
  private final Map<Long, Place> lastSeen = new HashMap<>();
  private final CompositeDisposable running = new CompositeDisposable();

  public SerialTurns(SerialQueue queue, Inbox inbox, Looks looks) {
    this.queue = queue;
    this.inbox = inbox;
    this.looks = looks;
  }

  /** An instance is told when it is the first of its queue. */
  public void await(WorkflowInstanceId instance, long workflowId, long ticket) {
    if (waiters.put(instance, new Waiter(workflowId, ticket)) == null) {
      waiting.merge(workflowId, 1, Integer::sum);
    }
    ask(workflowId, false);
  }

  /** Somebody has left the queue: the next one, wherever it is, is told. */
  public void handOver(long workflowId) {
    ask(workflowId, true);
  }

  /** Somebody says that there is something new about these. */
  public void look(Collection<WorkflowInstanceId> instances) {
    TreeSet<Long> workflows = new TreeSet<>();
    for (WorkflowInstanceId instance : instances) {
      Waiter waiter = waiters.get(instance);
      if (waiter != null) {
        workflows.add(waiter.workflowId());
      }
    }
    workflows.forEach(workflow -> ask(workflow, false));
  }

  /** Asks for all that wait. */
  public void sweep() {
    look(waiters.keySet());
  }

  public void forget(WorkflowInstanceId instance) {
    Waiter waiter = waiters.remove(instance);
    if (waiter != null && waiting.merge(waiter.workflowId(), -1, Integer::sum) == 0) {
      waiting.remove(waiter.workflowId());
      lastSeen.remove(waiter.workflowId());
    }
  }

  /** The instance that was first when it was last looked, or null: not known. */
  public WorkflowInstanceId aheadOf(WorkflowInstanceId instance) {
    Waiter waiter = waiters.get(instance);
    Place first = waiter == null ? null : lastSeen.get(waiter.workflowId());
    return first == null ? null : first.instance();
  }

  public void close() {
    running.dispose();
  }

  private void ask(long workflowId, boolean isHandOver) {
    Question asked = questions.get(workflowId);
    if (asked != null) {
      asked.isAskedAgain = true;
      asked.isHandOverAgain |= isHandOver;
      return;
    }
    Question question = new Question();
    question.isHandOver = isHandOver;
    questions.put(workflowId, question);
    queue
        .first(workflowId)
        .subscribe(
            place -> {
              tell(workflowId, place, question.isHandOver);
              answered(workflowId);
            },
            failure -> {
              log.atWarn()
                  .addKeyValue("workflow", workflowId)
                  .addKeyValue("cause", failure)
                  .log("a serial queue cannot be read; the sweep repeats it");
              answered(workflowId);
            },
            () -> answered(workflowId),
            running);
  }

  private void tell(long workflowId, Place first, boolean isHandOver) {
    Waiter waiter = waiters.get(first.instance());
    if (waiter != null && waiter.ticket() == first.ticket()) {
      forget(first.instance());
      inbox.post(first.instance(), new WorkflowEvent.Admitted(first.ticket()));
    } else if (isHandOver) {
      looks.at(first.instance());
    }
    if (waiting.containsKey(workflowId)) {
      lastSeen.put(workflowId, first);
    }
  }

  private void answered(long workflowId) {
    Question question = questions.remove(workflowId);
    if (question.isAskedAgain) {
      ask(workflowId, question.isHandOverAgain);
    }
  }
}

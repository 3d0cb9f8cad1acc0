package io.porpoise.simulation.history;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.simulation.store.SimDatabase.SerialPlace;
import io.porpoise.store.Command;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Of a serial definition one instance runs at a time, in the order of tickets, and none waits for
 * ever.
 */
final class SerialPromises {
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private final Truth truth;

  /** The first place of each queue, and since when it is that. */
  private final Map<Long, Long> firsts = new TreeMap<>();

  private final Map<Long, Long> firstSince = new TreeMap<>();

  SerialPromises(Truth truth) {
    this.truth = truth;
  }

  /** Before the commit. */
  void committing(WorkflowInstance before, WorkflowInstance after) {
    boolean begins =
        before.state() == WorkflowState.SERIAL_WAIT
            && !after.isFinished()
            && after.state() != WorkflowState.SERIAL_WAIT;
    if (!begins) {
      return;
    }
    SortedMap<Long, SerialPlace> newer = truth.database.serialQueue().tailMap(before.ticket() + 1);
    boolean isOvertaken =
        truth.definition(before.id()).executionType() == ExecutionType.SERIAL_PRIORITY
            && newer.values().stream()
                .anyMatch(
                    place ->
                        place.workflowId() == before.workflowId()
                            && !place.instance().equals(before.id()));
    truth.check(
        !isOvertaken || isToBeStopped(before.id()) || after.state() == WorkflowState.STOPPING,
        "what a newer instance has overtaken is stopped: %s",
        before.id());
  }

  private boolean isToBeStopped(WorkflowInstanceId id) {
    return truth.database.commands().stream()
        .anyMatch(c -> c.instance().equals(id) && c.type() == Command.Type.STOP);
  }

  /** After each change of rows. */
  void look() {
    Map<Long, Long> present = new TreeMap<>();
    truth
        .database
        .serialQueue()
        .forEach(
            (ticket, place) -> {
              boolean isFirst = present.putIfAbsent(place.workflowId(), ticket) == null;
              hasRightToBe(ticket, place, isFirst);
            });
    for (WorkflowInstance instance : truth.database.unfinished()) {
      hasItsPlace(instance, present);
    }
    firstSince.keySet().retainAll(present.keySet());
    present.forEach(
        (workflow, ticket) -> {
          Long former = firsts.put(workflow, ticket);
          if (!ticket.equals(former)) {
            firstSince.put(workflow, truth.world.nanos());
          }
        });
  }

  private void hasRightToBe(long ticket, SerialPlace place, boolean isFirst) {
    WorkflowInstance instance = truth.instance(place.instance());
    boolean isOfCommand =
        truth.database.commands().stream().anyMatch(command -> command.ticket() == ticket);
    truth.check(
        isOfCommand || (!instance.isFinished() && instance.ticket() == ticket),
        "no place in a queue is left behind: %s of %s, which is %s",
        ticket,
        place.instance(),
        instance.state());
    truth.check(
        isFirst || isOfCommand || instance.state() == WorkflowState.SERIAL_WAIT,
        "of a serial definition one instance runs at a time, in the order of the queue: %s is %s",
        place.instance(),
        instance.state());
  }

  private void hasItsPlace(WorkflowInstance instance, Map<Long, Long> firstTickets) {
    boolean isSerial = truth.definition(instance.id()).executionType() != ExecutionType.PARALLEL;
    truth.check(
        isSerial == (instance.ticket() > 0),
        "unfinished instances of serial definitions have a place, others have none: %s",
        instance.id());
    if (isSerial && instance.state() != WorkflowState.SERIAL_WAIT) {
      truth.check(
          instance.ticket() == firstTickets.getOrDefault(instance.workflowId(), 0L),
          "who runs is the first of its queue: %s is %s",
          instance.id(),
          instance.state());
    }
  }

  /** Now and then: whoever is the first goes on at once. */
  void lookAtTime() {
    firsts.forEach(
        (workflow, ticket) -> {
          SerialPlace place = truth.database.serialQueue().get(ticket);
          if (place == null || !firstSince.containsKey(workflow)) {
            return;
          }
          WorkflowInstance instance = truth.instance(place.instance());
          if (instance.state() == WorkflowState.SERIAL_WAIT && instance.ticket() == ticket) {
            truth.isInTime(
                firstSince.get(workflow),
                AT_ONCE,
                "the first of a queue goes on at once",
                place.instance());
          }
        });
  }
}

package io.porpoise.store;

import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Maybe;

/**
 * The queues of serial definitions, one per definition over all its versions. A place is taken in
 * the transaction that accepts a start (or a resume, recovery or rerun), under a lock of the
 * definition's row, so that the order of the tickets is the order of the accepted requests
 * (SEMANTICS.md, section 2); it is given up in the batch in which the instance ends.
 *
 * <p>Who is first stays first until it leaves: tickets only grow. So an answer may be old, and is
 * true all the same.
 */
public interface SerialQueue {
  /** A place in a queue. */
  record Place(WorkflowInstanceId instance, long ticket) {}

  /** Who is first in the queue of a definition, if anybody. */
  Maybe<Place> first(long workflowId);
}

package io.porpoise.store;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries.Position;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Removes what nobody needs any more, in pieces that the caller paces. A piece costs what it looks
 * at or removes, however much there is.
 */
public interface Retention {
  /** Where a walk begins. */
  Position OLDEST = new Position(Instant.EPOCH, new WorkflowInstanceId(0));

  /** An instance that has ended for good, with the number of its attempts. */
  record Ended(WorkflowInstanceId id, int attempts) {}

  /**
   * A part of the way through all instances.
   *
   * @param last where the next part begins; null: the way ends here
   */
  record Part(List<Ended> ended, Position last) {}

  /** Who removes: the owner of the instances' slots, at the epochs it knows. */
  record Owner(NodeId node, long incarnation, Map<Integer, Long> epochs) {}

  /**
   * Looks at {@code limit} instances, in the order of their creation, and emits those of them that
   * SUCCEEDED, FAILED or were STOPPED before {@code before}.
   */
  Single<Part> endedBefore(Instant before, Position after, int limit);

  /**
   * Removes these instances with all that belongs to them, in one transaction, and emits how many.
   * Those stay whose slot the owner does not have at its epoch, that have been set going since, for
   * which a command waits, whose parent is still there, or that have an unfinished child.
   */
  Single<Integer> remove(Owner owner, Instant before, Collection<WorkflowInstanceId> ids);

  /**
   * Removes up to {@code limit} each of: idempotency keys that count no more, tokens that have
   * expired, and journals of incarnations that own nothing and have a successor. Emits how many.
   */
  Single<Integer> removeExpired(Instant now, int limit);
}

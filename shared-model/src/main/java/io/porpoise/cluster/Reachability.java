package io.porpoise.cluster;

import io.reactivex.rxjava3.core.Single;
import java.time.Duration;

/**
 * What the host of a member says of its process: evidence beside the registry, which needs the end
 * of a session to notice that one has died. Never proof that a process is dead, as a network can
 * refuse on its own; whoever acts on it must be fenced in the database.
 */
public interface Reachability {
  /** What became of an attempt to connect. */
  enum Finding {
    /** Somebody listens, which a frozen process does as well. */
    CONNECTED,
    /** The host is there and says that nobody listens. */
    REFUSED,
    /** No answer: a slow, frozen or cut-off host, or a member that told no port. */
    SILENT
  }

  /** Tries to connect to where the member hears the event bus. Does not fail. */
  Single<Finding> probe(Member member, Duration timeout);
}

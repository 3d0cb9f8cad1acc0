package io.porpoise.cluster;

import java.time.Instant;
import java.util.List;

/**
 * What a member tells about itself when it joins.
 *
 * @param busPort the port of {@code host} at which its process hears the event bus; 0: not told
 * @param shards masters: how many event loops share the node's slots (slot modulo shards); 0 for
 *     other roles
 * @param workerGroups workers: the groups it serves; empty for other roles
 * @param url API nodes: where HTTP is served; empty for other roles
 */
public record Member(
    MemberId id,
    String host,
    int busPort,
    String version,
    Instant startedAt,
    int shards,
    List<String> workerGroups,
    String url) {
  public Member {
    workerGroups = List.copyOf(workerGroups);
  }
}

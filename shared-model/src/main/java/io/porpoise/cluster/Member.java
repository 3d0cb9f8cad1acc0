package io.porpoise.cluster;

import java.time.Instant;
import java.util.List;

/**
 * What a member tells about itself when it joins.
 *
 * @param shards masters: how many event loops share the node's slots (slot modulo shards); 0 for
 *     other roles
 * @param workerGroups workers: the groups it serves; empty for other roles
 * @param url API nodes: where HTTP is served; empty for other roles
 */
public record Member(
    MemberId id,
    String host,
    String version,
    Instant startedAt,
    int shards,
    List<String> workerGroups,
    String url) {
  public Member {
    workerGroups = List.copyOf(workerGroups);
  }
}

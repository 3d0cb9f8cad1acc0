package io.porpoise.simulation;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.Reachability;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;

/**
 * Connections as one node sees them: a host refuses when the process is dead, mostly says nothing
 * when the link is cut, and takes the connection for a process that is frozen.
 */
public final class SimReachability implements Reachability {
  private final SimNode node;
  private final SimNetwork network;

  public SimReachability(SimNode node, SimNetwork network) {
    this.node = node;
    this.network = network;
  }

  @Override
  public Single<Finding> probe(Member member, Duration timeout) {
    return Single.create(
        emitter ->
            node.post(
                network.hopNanos(),
                () -> {
                  Finding finding = network.answer(node.host(), member);
                  long wait = finding == Finding.SILENT ? timeout.toNanos() : network.hopNanos();
                  node.post(wait, () -> emitter.onSuccess(finding));
                }));
  }
}

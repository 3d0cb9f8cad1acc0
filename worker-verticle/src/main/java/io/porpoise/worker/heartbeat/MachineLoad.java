package io.porpoise.worker.heartbeat;

import io.porpoise.node.SystemLoad;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.core.Single;
import java.nio.file.Path;

/** The load of this machine, looked at off the event loop. */
public final class MachineLoad implements LoadProbe {
  private final SystemLoad system;
  private final Offload files;

  /**
   * @param data a directory on the disk that counts
   */
  public MachineLoad(Path data, Offload files) {
    system = new SystemLoad(data);
    this.files = files;
  }

  @Override
  public Single<Sample> sample() {
    return files.call(system::sample).map(MachineLoad::of);
  }

  private static Sample of(SystemLoad.Sample seen) {
    return new Sample(seen.cpu(), seen.memory(), seen.disk(), seen.processBytes());
  }
}

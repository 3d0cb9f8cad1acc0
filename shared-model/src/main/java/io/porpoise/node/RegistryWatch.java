package io.porpoise.node;

import io.porpoise.cluster.RegistryState;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the connection to ZooKeeper is, for health. */
final class RegistryWatch implements Consumer<RegistryState> {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);

  private volatile RegistryState state = RegistryState.CONNECTED;

  @Override
  public void accept(RegistryState now) {
    if (now != state) {
      LOG.warn("the connection to ZooKeeper is {}", now);
    }
    state = now;
  }

  Optional<String> problem() {
    return state == RegistryState.CONNECTED
        ? Optional.empty()
        : Optional.of("the connection to ZooKeeper is " + state);
  }
}

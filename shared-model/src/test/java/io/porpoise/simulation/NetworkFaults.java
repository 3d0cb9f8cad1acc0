package io.porpoise.simulation;

import java.time.Duration;

/**
 * What the network does to single messages, each as a probability.
 *
 * @param latest how late a late message may be
 */
public record NetworkFaults(double lost, double doubled, double late, Duration latest) {
  public static final NetworkFaults NONE = new NetworkFaults(0, 0, 0, Duration.ZERO);
}

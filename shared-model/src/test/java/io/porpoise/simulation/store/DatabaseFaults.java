package io.porpoise.simulation.store;

import java.time.Duration;

/**
 * What goes wrong with single calls of the database, each as a probability.
 *
 * @param deadlock refused at once with nothing done, as 1213 is
 * @param lockWait refused after a while with nothing done, as 1205 is
 * @param requestLost the connection breaks before the statement has arrived
 * @param replyLost the statement takes effect, the answer never arrives
 * @param effectLate the connection breaks, and the statement takes effect even later
 * @param slow the call takes up to {@code slowest}
 */
public record DatabaseFaults(
    double deadlock,
    double lockWait,
    double requestLost,
    double replyLost,
    double effectLate,
    double slow,
    Duration slowest) {
  public static final DatabaseFaults NONE = new DatabaseFaults(0, 0, 0, 0, 0, 0, Duration.ZERO);
}

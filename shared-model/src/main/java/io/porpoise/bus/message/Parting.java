package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;

/**
 * Published, with the heartbeats, by a worker that stops and leaves its attempts running: it is to
 * be started again soon, so nothing of it is lost at once. Whoever does not hear it takes the
 * worker for one that has died.
 */
public record Parting(MemberId worker) implements Message {}

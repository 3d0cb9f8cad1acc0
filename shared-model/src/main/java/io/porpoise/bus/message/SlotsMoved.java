package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;

/**
 * Published when a master has claimed or released slots: whoever caches who owns what should read
 * it again.
 */
public record SlotsMoved(MemberId master) implements Message {}

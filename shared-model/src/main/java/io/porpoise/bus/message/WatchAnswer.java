package io.porpoise.bus.message;

import io.porpoise.bus.Message;

/**
 * Whether the changes will come.
 *
 * @param mine false: this shard does not own the slot, look again who does
 * @param unfinished false: the instance is not in memory, because it has ended or does not exist;
 *     the rows say all
 */
public record WatchAnswer(boolean mine, boolean unfinished) implements Message {}

package io.porpoise.instance;

/**
 * A task's claim to a slot of a task group: it stands in the group's queue, or holds a slot, as
 * long as its attempt is unfinished.
 *
 * @param priority larger first
 */
public record GroupClaim(String group, int priority) {}

package io.porpoise.bus;

/**
 * What travels on the bus: immutable records, one per purpose, in {@code bus.message}. Fields are
 * added, never renamed or given another meaning; unknown fields of a newer sender are ignored.
 */
public interface Message {}

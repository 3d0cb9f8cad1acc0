/**
 * How nodes talk: the port {@link io.porpoise.bus.Bus}, its few {@link io.porpoise.bus.Addresses},
 * and the messages in {@code bus.message}. The bus is at most once; whoever needs more repeats
 * until answered, and handles repeats without harm. The real one is in {@code bus.vertx}.
 */
package io.porpoise.bus;

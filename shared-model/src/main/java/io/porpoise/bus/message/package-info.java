/**
 * One immutable record per thing that is said on the bus. Fields are only ever added: an older node
 * ignores what it does not know, and a newer one must bear that a field is missing (null, 0,
 * false). A new record gets a number in {@code bus.vertx.MessageTypes} to be able to cross the
 * wire.
 */
package io.porpoise.bus.message;

/**
 * Lets instances of serial definitions go on one after the other. The queue itself is in the
 * database ({@link io.porpoise.store.SerialQueue}); here is only who of this shard's instances
 * waits in one, and who has to be told. Knows nothing of what an instance does.
 */
package io.porpoise.master.serial;

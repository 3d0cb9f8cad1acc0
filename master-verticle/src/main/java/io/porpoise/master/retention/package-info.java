/**
 * Removes from the database what nobody needs any more: instances that ended long ago, by the owner
 * of their slots, and what has expired, by the owner of slot 0. In slices, with pauses that leave
 * most of the database's time to the others. What may be removed is decided in the store ({@link
 * io.porpoise.store.Retention}), in the transaction that removes it; logs lie at the workers and
 * have a time of their own.
 */
package io.porpoise.master.retention;

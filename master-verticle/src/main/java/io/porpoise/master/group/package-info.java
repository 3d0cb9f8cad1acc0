/**
 * Lets tasks with a task group wait for a slot of it. Who gets one is decided in the database
 * ({@link io.porpoise.store.TaskGroups}), for all masters; here is only who of this shard's tasks
 * waits, and who has to be told.
 */
package io.porpoise.master.group;

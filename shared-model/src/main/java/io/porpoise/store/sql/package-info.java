/**
 * The stores on MySQL 8 and MariaDB 10.6 or later, over the reactive client; the only package that
 * contains SQL. {@link io.porpoise.store.sql.SqlStores} makes all of them, {@link
 * io.porpoise.store.sql.SqlMigrations} the tables.
 *
 * <p>It decides nothing about workflows: it writes and reads whole rows. What a lost reply or a
 * lost ownership means is told as a value ({@link io.porpoise.store.Journal.Outcome}) or as {@link
 * io.porpoise.store.StoreUnavailable}; the caller decides when to try again.
 *
 * <p>Sessions run READ COMMITTED in strict mode. What keeps deadlocks rare: a batch locks slots,
 * then workflow instances, tasks, payloads, places in task groups, history, commands, places in
 * serial queues, alerts, the journal, each by id. An arrival at a serial queue locks its
 * idempotency key and the definition, and then only inserts; who grants slots of a task group locks
 * the group and then places by id. What these two decide by, they read without a lock: what is
 * given up at that moment may still count, and the batch that gives it up is followed by another
 * look.
 */
package io.porpoise.store.sql;

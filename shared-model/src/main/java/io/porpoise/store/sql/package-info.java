/**
 * The stores on MySQL 8 and MariaDB 10.6 or later, over the reactive client; the only package that
 * contains SQL. {@link io.porpoise.store.sql.SqlStores} makes all of them, {@link
 * io.porpoise.store.sql.SqlMigrations} the tables.
 *
 * <p>It decides nothing about workflows: it writes and reads whole rows. What a lost reply or a
 * lost ownership means is told as a value ({@link io.porpoise.store.Journal.Outcome}) or as {@link
 * io.porpoise.store.StoreUnavailable}; the caller decides when to try again.
 *
 * <p>Sessions run READ COMMITTED in strict mode. All transactions lock in one order: slot, then
 * workflow instances, tasks, payloads, history, commands, the journal, each by id; this is what
 * keeps deadlocks rare.
 */
package io.porpoise.store.sql;

/**
 * What is durable, as ports: one interface an aggregate, with outcomes as values. A master writes
 * only through {@link io.porpoise.store.Journal}, in batches that are fenced by the epochs of its
 * slots; API nodes insert through {@link io.porpoise.store.InstanceIntake} and read committed rows.
 * No SQL here: that is {@code store.sql}; workers see none of it.
 */
package io.porpoise.store;

/**
 * Runs as values: a workflow instance, its task instances (one per attempt), their states, ids and
 * reasons. Immutable, no behaviour beyond questions about themselves: what moves them is the
 * master's engine, what keeps them is {@code store}.
 */
package io.porpoise.instance;

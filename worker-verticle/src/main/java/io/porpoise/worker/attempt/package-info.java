/**
 * The attempts that a worker holds: their table, and the place where the effects of their lifecycle
 * are performed. Commands reach it from {@code intake}, ends leave by {@code report}.
 */
package io.porpoise.worker.attempt;

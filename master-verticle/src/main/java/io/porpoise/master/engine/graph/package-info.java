/**
 * The DAG of one definition and, per instance, which of its edges are decided. Pure: no clock, no
 * I/O. Knows nothing of attempts, workers or retries; {@code engine} tells it how tasks ended.
 */
package io.porpoise.master.engine.graph;

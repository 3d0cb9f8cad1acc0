/**
 * Measures Porpoise on real processes with a real MariaDB and durable commits, each figure beside
 * the bare limit that a plain program reaches in the same run (spawns by the same chain of
 * processes, commits by a plain client) and the goal: the machines are noisy, so only the ratio
 * says something. {@code scripts/bench} runs it, docs/performance.md explains it. No test asserts a
 * time.
 */
package io.porpoise.bench;

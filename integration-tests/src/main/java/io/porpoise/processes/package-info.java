/**
 * Real server processes for tests and {@code scripts/chaos}: the jars as they are shipped, started
 * by the scripts that people use, with their data and output below {@code target/processes}. Among
 * the tests this package has those of starting, stopping and being killed.
 *
 * <p>What the servers do is tested in {@code io.porpoise.spine}, what they do when something dies
 * in {@code io.porpoise.fault}, both on these processes.
 */
package io.porpoise.processes;

/**
 * Real server processes for tests: the jars as they are shipped, started by the scripts that people
 * use, with their data and output below {@code target/processes}. Also the tests of starting,
 * stopping and being killed.
 *
 * <p>What the servers do is tested in {@code io.porpoise.spine}, on the fixtures of this package.
 */
package io.porpoise.processes;

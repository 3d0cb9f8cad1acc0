/**
 * Work with known side effects for a real server: random small workflows, started over HTTP by a
 * client that never gives up, some of them stopped or with a task killed. Every attempt writes down
 * in one journal file when it starts and ends, what it was given, and whether another attempt of
 * its task was still alive.
 *
 * <p>What must hold for all that is judged in {@code io.porpoise.chaos.check}.
 */
package io.porpoise.chaos.workload;

/**
 * Why an unfinished instance or task is where it is, from what its owner has in memory: exact, and
 * computed when asked.
 */
package io.porpoise.master.explain;

/**
 * Logs of task instances. A log lies at the worker that ran the attempt; it is pulled from there in
 * pieces over the bus, never as a whole, and passed on unchanged. Who pulls decides the pace, so
 * that a slow reader costs nothing but its own time.
 */
package io.porpoise.api.log;

/**
 * The way of a run from the outside: real server processes, HTTP, WebSocket and the command line.
 */
package io.porpoise.spine;

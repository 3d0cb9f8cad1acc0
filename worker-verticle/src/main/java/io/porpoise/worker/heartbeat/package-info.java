/** How busy the worker's machine is, for the heartbeats and to decide whether to take more work. */
package io.porpoise.worker.heartbeat;

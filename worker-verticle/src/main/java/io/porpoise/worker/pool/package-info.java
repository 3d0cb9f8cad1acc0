/** Where blocking work of the worker happens, and how its results come back to the event loop. */
package io.porpoise.worker.pool;

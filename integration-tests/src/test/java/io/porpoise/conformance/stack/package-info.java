/**
 * Where conformance cases run: the simulation, and one real server. Both are used through the same
 * requests of the public interface; in the simulation its routes are served without HTTP.
 */
package io.porpoise.conformance.stack;

/**
 * Conformance: the rules of workflows, tasks and parameters as cases that people can read, {@code
 * integration-tests/cases/<feature>/<situation>.yaml}. Each is run in the simulation, calm and with
 * faults that change nothing, and side by side with all others in one real server.
 */
package io.porpoise.conformance;

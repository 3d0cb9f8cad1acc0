package io.porpoise.master.engine;

import java.time.Duration;

/**
 * What can be tuned of the engine.
 *
 * @param lostReplacementsMax how often in a row a LOST attempt is replaced before its task FAILED
 * @param dispatchTimeout how long a task may wait for a worker before it FAILED; zero: for ever
 */
public record EngineSettings(int lostReplacementsMax, Duration dispatchTimeout) {}

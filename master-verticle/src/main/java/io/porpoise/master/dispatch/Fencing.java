package io.porpoise.master.dispatch;

import java.time.Duration;

/**
 * The times by which master and worker agree, without talking, on when an attempt is dead
 * (DESIGN.md, section 9).
 *
 * @param session Ts: for how long an answer of the registry lets a worker's attempts go on
 * @param lease L: for how long an acknowledgement of their owner does
 * @param killing K + m: from the end of both until everything is dead for certain
 */
public record Fencing(Duration session, Duration lease, Duration killing) {}

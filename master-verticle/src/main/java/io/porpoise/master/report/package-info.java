/**
 * What workers tell of their attempts. A worker repeats a report until it is acknowledged; it is
 * acknowledged only when what it changed is durable, because a report acknowledged and then lost by
 * a crash would leave the task running for ever. The price is a repeated report after a crash,
 * which the engine ignores. Does not know how instances go on.
 */
package io.porpoise.master.report;

/**
 * From rows to instances in memory: after a claim (paged), on a "look" from an API node, and by the
 * sweep that finds what a lost message would have told. Brings commands with it. Never writes.
 */
package io.porpoise.master.takeover;

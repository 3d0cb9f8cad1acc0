/**
 * Starts, follows, pauses and stops the child instances of SUB_WORKFLOW tasks. A child is an
 * instance like any other, with an owner of its own: it is started by inserting its row, moved by
 * commands, and read when its owner says "look" (or by the sweep). Knows nothing of what the parent
 * makes of it.
 */
package io.porpoise.master.child;

/**
 * From "ready" to "a worker has it": tasks that wait, the workers as heartbeats and the registry
 * show them, the choice, and the words (reconcile, dispatch, kill) that are repeated to a worker
 * until it answers.
 *
 * <p>Knows workers and task instances, not how an instance goes on: what comes back is posted as
 * events. A worker is chosen before the commit and told after it, so a dispatch never leaves that
 * the database does not know of. Before anything else a worker incarnation is asked to {@code
 * Reconcile}: it raises its epochs first, so late words of a former owner are refused, and its
 * inventory shows which attempts it holds.
 */
package io.porpoise.master.dispatch;

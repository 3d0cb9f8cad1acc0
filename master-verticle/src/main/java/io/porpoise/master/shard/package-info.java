/**
 * One event loop's share of a master: the mailbox of its instances, the journal that makes their
 * changes durable, their timers, and the effects that leave after the commit.
 *
 * <p>A turn: events are taken from the mailbox and applied one by one; what they change joins the
 * open batch; tasks that became ready get their workers; then the journal commits. While a batch is
 * in flight the shard goes on in memory. Effects and answers wait for the commit of the batch that
 * holds their cause. A batch that lost a slot takes that slot's actors with it: their new owner
 * reads the rows.
 */
package io.porpoise.master.shard;

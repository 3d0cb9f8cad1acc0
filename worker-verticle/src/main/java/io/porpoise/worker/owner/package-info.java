/**
 * Who owns the slots, as far as masters have said so here, and how long what runs for them may go
 * on: {@link io.porpoise.worker.owner.Lease} counts, {@link io.porpoise.worker.owner.LeaseRenewal}
 * asks. Says nothing about attempts.
 */
package io.porpoise.worker.owner;

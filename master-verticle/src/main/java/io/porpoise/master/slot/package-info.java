/**
 * Which slots a master owns. The slot table is the authority; membership and rendezvous hashing
 * only suggest who should claim what, so that two masters that see different members for a while do
 * no harm: a claim raises the epoch in the database, and whoever writes with the former one is
 * refused.
 *
 * <p>A slot whose owner has gone is claimed at once. One whose owner is there is left to it for a
 * while: it sees the same membership and releases by itself; then the claim is forced.
 */
package io.porpoise.master.slot;

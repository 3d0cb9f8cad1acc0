/**
 * Who is there: members, their roles and incarnations, and the port {@link
 * io.porpoise.cluster.Registry}. Says nothing about who owns what: that is decided by the slot
 * table of the database. The real registry is in {@code cluster.zookeeper}.
 */
package io.porpoise.cluster;

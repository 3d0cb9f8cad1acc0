/**
 * All of Porpoise in one process, with its own ZooKeeper and database: for a laptop, a trial, a
 * small installation.
 *
 * <p>Nothing here is another way of doing things: the same verticles run on the same clustered
 * Vert.x as in a cluster, each role as a member of its own. Only what they connect to is started
 * here as well.
 */
package io.porpoise.standalone;

/** Reachability by opening a TCP connection, which is closed again without a word. */
package io.porpoise.cluster.tcp;

/**
 * The bus on Vert.x' clustered event bus.
 *
 * <p>Within a process a message is handed over as the object that it is. Between processes it is
 * one frame: version, number of the type, JSON, raw bytes (of a log), and an HMAC of all that with
 * the cluster's secret. A frame that does not prove that its sender knows the secret is dropped,
 * counted and warned of; failures of handlers travel as Vert.x' own failure replies and are not
 * signed.
 *
 * <p>Who is reachable under which address is the business of the cluster manager in {@code
 * cluster.zookeeper}; this package knows no ZooKeeper.
 */
package io.porpoise.bus.vertx;

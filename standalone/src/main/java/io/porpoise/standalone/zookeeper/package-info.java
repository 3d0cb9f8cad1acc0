/** The embedded ZooKeeper: one persistent server on loopback, inside this process. */
package io.porpoise.standalone.zookeeper;

package io.porpoise.node.config;

import java.util.Optional;

/**
 * What standalone embeds.
 *
 * @param databasePort of the embedded database on loopback; 0: a free one, chosen once and
 *     remembered
 * @param databaseBinary an installed {@code mariadbd} to use; empty: the one that comes with
 *     Porpoise, else the path's
 * @param databaseBuffer the database's buffer pool
 * @param zookeeperPort of the embedded ZooKeeper on loopback; 0: a free one, chosen once and
 *     remembered
 */
public record StandaloneConfig(
    @Setting(value = "0", min = "0", max = "65535") int databasePort,
    @Setting("") Optional<String> databaseBinary,
    @Setting(value = "64MiB", min = "8MiB", max = "64GiB") ByteSize databaseBuffer,
    @Setting(value = "0", min = "0", max = "65535") int zookeeperPort) {}

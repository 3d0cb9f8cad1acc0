package io.porpoise.node.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the members find each other.
 *
 * @param connect {@code host:port[,host:port...]}; empty: standalone embeds one, others refuse to
 *     start
 * @param root everything is kept below this path, so that clusters can share a ZooKeeper
 * @param sessionTimeout Ts: a member that was not heard for so long has gone
 */
public record ZooKeeperConfig(
    @Setting("") Optional<String> connect,
    @Setting("porpoise") String root,
    @Setting(value = "6s", min = "2s", max = "1m") Duration sessionTimeout,
    @Setting(value = "5s", min = "500ms", max = "1m") Duration connectTimeout) {}

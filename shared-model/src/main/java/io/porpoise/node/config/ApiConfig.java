package io.porpoise.node.config;

import java.time.Duration;
import java.util.Optional;

/**
 * API nodes.
 *
 * @param port of HTTP; 0 takes any free one
 * @param url how users reach this node, if not by host and port
 * @param bodyLimit of a request
 * @param tokenLifetime of a login
 * @param requestTimeout of one message to a master or worker
 * @param ownerTimeout how long a query waits for live facts from an owner before it answers without
 * @param websocketConnections at once
 * @param websocketSubscriptions of one connection
 * @param websocketFrame the largest message that a client may send
 * @param logCredit bytes of log that a subscriber may get before it grants more
 */
public record ApiConfig(
    @Setting("127.0.0.1") String host,
    @Setting(value = "12345", min = "0", max = "65535") int port,
    @Setting("") Optional<String> url,
    @Setting(value = "4MiB", min = "1KiB", max = "64MiB") ByteSize bodyLimit,
    @Setting(value = "24h", min = "1m", max = "365d") Duration tokenLifetime,
    @Setting(value = "5s", min = "100ms", max = "1m") Duration requestTimeout,
    @Setting(value = "200ms", min = "10ms", max = "10s") Duration ownerTimeout,
    @Setting(value = "10000", min = "1", max = "1000000") int websocketConnections,
    @Setting(value = "100", min = "1", max = "10000") int websocketSubscriptions,
    @Setting(value = "64KiB", min = "1KiB", max = "4MiB") ByteSize websocketFrame,
    @Setting(value = "256KiB", min = "4KiB", max = "16MiB") ByteSize logCredit) {}

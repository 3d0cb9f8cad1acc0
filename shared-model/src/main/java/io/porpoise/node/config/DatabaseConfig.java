package io.porpoise.node.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The database, MariaDB 10.6+ or MySQL 8.
 *
 * @param uri {@code mysql://host:3306/porpoise}; empty: standalone embeds one, others refuse to
 *     start
 * @param poolSize connections of this process
 * @param acquireTimeout how long a query may wait for a connection
 * @param statementTimeout after that a statement counts as unanswered and its connection is given
 *     up
 */
public record DatabaseConfig(
    @Setting("") Optional<String> uri,
    @Setting("porpoise") String user,
    @Setting("") Secret password,
    @Setting(value = "8", min = "2", max = "500") int poolSize,
    @Setting(value = "5s", min = "100ms", max = "5m") Duration connectTimeout,
    @Setting(value = "10s", min = "100ms", max = "5m") Duration acquireTimeout,
    @Setting(value = "30s", min = "1s", max = "10m") Duration statementTimeout) {}

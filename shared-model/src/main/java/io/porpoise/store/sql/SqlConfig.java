package io.porpoise.store.sql;

import io.vertx.mysqlclient.MySQLConnectOptions;
import java.time.Duration;

/**
 * How to reach the database.
 *
 * @param uri {@code mysql://host:3306/database}; a user and a password in it count when the two
 *     others are empty
 * @param poolSize connections for everything but the journal, which has one more per shard
 * @param acquireTimeout how long a statement may wait for a free connection
 * @param statementTimeout after that a statement counts as unanswered
 */
public record SqlConfig(
    String uri,
    String user,
    String password,
    int poolSize,
    Duration connectTimeout,
    Duration acquireTimeout,
    Duration statementTimeout) {
  public SqlConfig {
    if (!uri.startsWith("mysql://") && !uri.startsWith("mariadb://")) {
      throw new IllegalArgumentException(
          "database uri '" + uri + "' must look like mysql://host:3306/database");
    }
    user = user == null ? "" : user;
    password = password == null ? "" : password;
  }

  /** With the usual limits. */
  public static SqlConfig of(String uri, String user, String password) {
    return new SqlConfig(
        uri,
        user,
        password,
        8,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  MySQLConnectOptions connectOptions() {
    MySQLConnectOptions options;
    try {
      options = MySQLConnectOptions.fromUri(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "database uri '" + address() + "' must look like mysql://host:3306/database", e);
    }
    if (!user.isEmpty()) {
      options.setUser(user);
    }
    if (!password.isEmpty()) {
      options.setPassword(password);
    }
    // The default keeps statements above 2 KiB out of the cache, that is all multi-row ones. The
    // shapes
    // are few by design (see Upsert), so that the cache cannot overflow.
    return options
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(256)
        .setPreparedStatementCacheSqlFilter(sql -> true)
        .setCharset("utf8mb4")
        .setCollation("utf8mb4_bin")
        .setUseAffectedRows(true)
        .setPipeliningLimit(256);
  }

  /** The URI without what must not be shown. */
  String address() {
    return uri.replaceFirst("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "SqlConfig[" + address() + ", user " + user + "]";
  }
}

package io.porpoise.store.sql;

import io.porpoise.store.Users;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.time.Instant;

/** The tables users and token. */
final class SqlUsers implements Users {
  private static final String SELECT =
      "SELECT u.id, u.name, u.password_hash, u.is_admin FROM users u ";

  private final Database database;

  SqlUsers(Database database) {
    this.database = database;
  }

  @Override
  public Maybe<User> byName(String name) {
    return database.query(SELECT + "WHERE u.name = ?", name).flatMapMaybe(SqlUsers::first);
  }

  @Override
  public Single<Boolean> createIfAbsent(String name, String passwordHash, boolean isAdmin) {
    // The look before the insert spares the sequence of ids a gap at every start of a node.
    return byName(name)
        .isEmpty()
        .flatMap(isAbsent -> isAbsent ? insert(name, passwordHash, isAdmin) : Single.just(false));
  }

  private Single<Boolean> insert(String name, String passwordHash, boolean isAdmin) {
    return database
        .query(
            "INSERT INTO users (name, password_hash, is_admin) VALUES (?,?,?)",
            name,
            passwordHash,
            isAdmin ? 1 : 0)
        .map(done -> true)
        .onErrorResumeNext(e -> SqlErrors.isDuplicateKey(e) ? Single.just(false) : Single.error(e));
  }

  @Override
  public Single<Boolean> setPasswordHash(String name, String passwordHash) {
    return database
        .query("UPDATE users SET password_hash = ? WHERE name = ?", passwordHash, name)
        .flatMap(done -> byName(name).isEmpty())
        .map(isAbsent -> !isAbsent);
  }

  @Override
  public Completable saveToken(byte[] sha256, long userId, Instant expires) {
    return database
        .query(
            "INSERT INTO token (sha256, user_id, expires_at) VALUES (?,?,?)"
                + " ON DUPLICATE KEY UPDATE expires_at = VALUES(expires_at)",
            Buffer.buffer(sha256),
            userId,
            Times.micros(expires))
        .ignoreElement();
  }

  @Override
  public Maybe<User> byToken(byte[] sha256, Instant now) {
    return database
        .query(
            SELECT + "JOIN token t ON t.user_id = u.id WHERE t.sha256 = ? AND t.expires_at > ?",
            Buffer.buffer(sha256),
            Times.micros(now))
        .flatMapMaybe(SqlUsers::first);
  }

  @Override
  public Completable deleteToken(byte[] sha256) {
    return database
        .query("DELETE FROM token WHERE sha256 = ?", Buffer.buffer(sha256))
        .ignoreElement();
  }

  private static Maybe<User> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(row -> Maybe.just(read(row))).orElse(Maybe.empty());
  }

  private static User read(Row row) {
    return new User(
        row.getLong("id"),
        row.getString("name"),
        row.getString("password_hash"),
        row.getInteger("is_admin") == 1);
  }
}

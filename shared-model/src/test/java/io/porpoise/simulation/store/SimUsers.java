package io.porpoise.simulation.store;

import io.porpoise.simulation.SimNode;
import io.porpoise.store.Users;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Users and tokens. */
public final class SimUsers implements Users {
  private final SimNode node;
  private final SimDatabase database;

  public SimUsers(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Maybe<User> byName(String name) {
    return database
        .call(node, () -> Optional.ofNullable(database.users.get(name)))
        .mapOptional(user -> user);
  }

  @Override
  public Single<Boolean> createIfAbsent(String name, String passwordHash, boolean isAdmin) {
    return database.call(
        node,
        () ->
            database.users.putIfAbsent(
                    name, new User(database.nextNumber(), name, passwordHash, isAdmin))
                == null);
  }

  @Override
  public Single<Boolean> setPasswordHash(String name, String passwordHash) {
    return database.call(
        node,
        () ->
            database.users.computeIfPresent(
                    name, (n, user) -> new User(user.id(), n, passwordHash, user.isAdmin()))
                != null);
  }

  @Override
  public Completable saveToken(byte[] sha256, long userId, Instant expires) {
    String hash = HexFormat.of().formatHex(sha256);
    return database
        .call(
            node,
            () -> {
              database.tokens.put(hash, new SimDatabase.Token(userId, expires));
              return true;
            })
        .ignoreElement();
  }

  @Override
  public Maybe<User> byToken(byte[] sha256, Instant now) {
    String hash = HexFormat.of().formatHex(sha256);
    return database
        .call(
            node,
            () ->
                Optional.ofNullable(database.tokens.get(hash))
                    .filter(token -> token.expires().isAfter(now))
                    .flatMap(token -> userOf(token.userId())))
        .mapOptional(user -> user);
  }

  @Override
  public Completable deleteToken(byte[] sha256) {
    String hash = HexFormat.of().formatHex(sha256);
    return database
        .call(
            node,
            () -> {
              database.tokens.remove(hash);
              return true;
            })
        .ignoreElement();
  }

  private Optional<User> userOf(long id) {
    return database.users.values().stream().filter(user -> user.id() == id).findFirst();
  }
}

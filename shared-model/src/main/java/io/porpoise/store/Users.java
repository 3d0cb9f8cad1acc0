package io.porpoise.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;

/** Users and the tokens they log in with. */
public interface Users {
  /** A user; the hash is in the self-describing form of its algorithm. */
  record User(long id, String name, String passwordHash, boolean isAdmin) {}

  Maybe<User> byName(String name);

  /** Creates the user unless the name is taken; emits whether it did. */
  Single<Boolean> createIfAbsent(String name, String passwordHash, boolean isAdmin);

  /** Gives a user another password; false when there is no such user. */
  Single<Boolean> setPasswordHash(String name, String passwordHash);

  /** Keeps a token by its hash only. */
  Completable saveToken(byte[] sha256, long userId, Instant expires);

  /** The user of a token that has not expired. */
  Maybe<User> byToken(byte[] sha256, Instant now);

  Completable deleteToken(byte[] sha256);
}

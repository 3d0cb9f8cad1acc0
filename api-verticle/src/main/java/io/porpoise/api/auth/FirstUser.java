package io.porpoise.api.auth;

import io.porpoise.node.config.AdminConfig;
import io.porpoise.store.Users;
import io.reactivex.rxjava3.core.Completable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that somebody can log in. A process calls this before it serves HTTP: standalone has a
 * password that everybody knows (and listens on loopback only), a cluster wants a chosen one.
 */
public final class FirstUser {
  /** What standalone takes when nobody chose one. */
  public static final String STANDALONE_PASSWORD = "porpoise123";

  private static final Logger log = LoggerFactory.getLogger(FirstUser.class);

  private final Users users;
  private final Passwords passwords;

  public FirstUser(Users users, Passwords passwords) {
    this.users = users;
    this.passwords = passwords;
  }

  /**
   * Creates the user of the configuration unless it exists. An existing one keeps its password,
   * unless that is still the one that everybody knows and another one is configured now.
   *
   * <p>Fails with {@link IllegalStateException}, whose message is one line for the operator, when a
   * cluster has neither the user nor a password for it.
   */
  public Completable ensure(AdminConfig admin, boolean isStandalone) {
    String chosen = admin.password().value();
    return users
        .byName(admin.user())
        .map(java.util.Optional::of)
        .defaultIfEmpty(java.util.Optional.empty())
        .flatMapCompletable(
            user -> {
              if (user.isPresent()) {
                return chosen.isEmpty() ? Completable.complete() : replaceKnown(user.get(), chosen);
              }
              if (chosen.isEmpty() && !isStandalone) {
                throw new IllegalStateException(
                    "admin.password: there is no user '"
                        + admin.user()
                        + "' yet and no password for it; set PORPOISE_ADMIN_PASSWORD");
              }
              return create(admin.user(), chosen.isEmpty() ? STANDALONE_PASSWORD : chosen);
            });
  }

  private Completable create(String name, String password) {
    return passwords
        .hash(password)
        .flatMap(hash -> users.createIfAbsent(name, hash, true))
        .doOnSuccess(isNew -> log.atInfo().addKeyValue("user", name).log("first user created"))
        .ignoreElement();
  }

  private Completable replaceKnown(Users.User user, String chosen) {
    if (chosen.equals(STANDALONE_PASSWORD)) {
      return Completable.complete();
    }
    return passwords
        .matches(user.passwordHash(), STANDALONE_PASSWORD)
        .filter(isKnown -> isKnown)
        .flatMapSingle(isKnown -> passwords.hash(chosen))
        .flatMapSingle(hash -> users.setPasswordHash(user.name(), hash))
        .doOnSuccess(done -> log.atInfo().addKeyValue("user", user.name()).log("password replaced"))
        .ignoreElement();
  }
}

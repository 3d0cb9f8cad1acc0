package io.porpoise.api.auth;

import io.porpoise.api.http.Problem;
import io.reactivex.rxjava3.core.Single;
import io.vertx.ext.auth.hashing.HashingStrategy;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and checks passwords with PBKDF2 (HMAC-SHA512, 210,000 rounds as OWASP advises), which
 * takes a core a tenth of a second or more: on threads of its own, and with few of them waiting, so
 * that guessing cannot take the machine.
 */
public final class Passwords {
  private static final int ROUNDS = 210_000;
  private static final int THREADS = 2;
  private static final int WAITING_MAX = 64;

  private final HashingStrategy hashing = HashingStrategy.load();
  private final SecureRandom random = new SecureRandom();
  private final WorkerExecutor threads;
  private final int rounds;
  private final AtomicInteger waiting = new AtomicInteger();

  public Passwords(Vertx vertx) {
    this(vertx, ROUNDS);
  }

  /** With fewer rounds, for tests. */
  public Passwords(Vertx vertx, int rounds) {
    this.threads = vertx.createSharedWorkerExecutor("porpoise-passwords", THREADS);
    this.rounds = rounds;
  }

  /** The self-describing hash: algorithm, rounds, salt and hash. */
  public Single<String> hash(String password) {
    return offLoop(
        () -> {
          byte[] salt = new byte[32];
          random.nextBytes(salt);
          String saltText = Base64.getEncoder().withoutPadding().encodeToString(salt);
          return hashing.hash("pbkdf2", Map.of("it", Integer.toString(rounds)), saltText, password);
        });
  }

  public Single<Boolean> matches(String hash, String password) {
    return offLoop(() -> hashing.verify(hash, password));
  }

  /** Takes as long as {@link #matches}, so that time does not tell which users exist. */
  public Single<Boolean> matchesNobody(String password) {
    return hash(password).map(hash -> false);
  }

  private <T> Single<T> offLoop(Callable<T> work) {
    return Single.defer(
        () -> {
          if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            throw Problem.of(429, "TOO_MANY_LOGINS", "Too many people log in at once; try again.")
                .withHeader("Retry-After", "2");
          }
          return threads
              .rxExecuteBlocking(work, false)
              .toSingle()
              .doFinally(waiting::decrementAndGet);
        });
  }
}

package io.porpoise.api.http;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers to changes that came with an {@code Idempotency-Key}: the same request again gets the
 * same answer, also while the first is still at work. Remembered at this node and bounded, which
 * covers a client that repeats itself after a lost answer; a start does not rely on it, its key is
 * durable. For one event loop.
 */
final class RecentAnswers {
  private static final int ANSWERS_MAX = 10_000;
  private static final Duration KEPT = Duration.ofHours(24);

  private final Clock clock;
  private final Map<Key, Remembered> answers = new LinkedHashMap<>();

  private record Key(long userId, String key) {}

  private record Remembered(String request, int bodyHash, Single<Answer> answer, long sinceNanos) {}

  RecentAnswers(Clock clock) {
    this.clock = clock;
  }

  /** The remembered answer to this request, or the work itself, once. */
  Single<Answer> once(
      Principal user, String key, String request, Buffer body, Single<Answer> work) {
    Key known = new Key(user.userId(), key);
    int bodyHash = Arrays.hashCode(body.getBytes());
    Remembered before = answers.get(known);
    if (before != null && clock.monotonicNanos() - before.sinceNanos() < KEPT.toNanos()) {
      if (!before.request().equals(request) || before.bodyHash() != bodyHash) {
        throw Problem.conflict(
            "IDEMPOTENCY_KEY_USED",
            "This Idempotency-Key was used for another request; use a new one.");
      }
      return before.answer();
    }
    // What was refused or failed may be tried again with the same key.
    Single<Answer> shared = work.doOnError(error -> answers.remove(known)).cache();
    answers.remove(known);
    answers.put(known, new Remembered(request, bodyHash, shared, clock.monotonicNanos()));
    if (answers.size() > ANSWERS_MAX) {
      answers.remove(answers.keySet().iterator().next());
    }
    return shared;
  }
}

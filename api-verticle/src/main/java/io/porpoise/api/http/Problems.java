package io.porpoise.api.http;

import io.porpoise.bus.BusException;
import io.porpoise.store.StoreUnavailable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is told when something failed: never a stack trace, never the words of a library.
 */
public final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private Problems() {}

  /**
   * The problem that stands for {@code error}; faults of the server itself are logged under a
   * number.
   */
  public static Problem of(Throwable error, String where) {
    if (error instanceof Problem problem) {
      return problem;
    }
    if (error instanceof StoreUnavailable) {
      log.atWarn().addKeyValue("where", where).log("database unavailable: {}", error.getMessage());
      return databaseAway("nothing is known to be saved");
    }
    if (error instanceof BusException || error instanceof TimeoutException) {
      log.atWarn().addKeyValue("where", where).log("no answer in time: {}", error.getMessage());
      return Problem.of(
              503, "NO_ANSWER", "Another node of the cluster did not answer in time. Try again.")
          .withHeader("Retry-After", "2");
    }
    String number = newNumber();
    log.atError()
        .addKeyValue("where", where)
        .addKeyValue("fault", number)
        .setCause(error)
        .log("fault");
    return Problem.of(
        500,
        "INTERNAL_ERROR",
        "A fault of the server. Its log tells more under fault " + number + ".");
  }

  static Problem databaseAway(String consequence) {
    return Problem.of(
            503,
            "DATABASE_UNAVAILABLE",
            "The database does not answer at present; " + consequence + ". Try again.")
        .withHeader("Retry-After", "2");
  }

  private static String newNumber() {
    byte[] bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

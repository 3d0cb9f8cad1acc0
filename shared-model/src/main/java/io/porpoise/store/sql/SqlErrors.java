package io.porpoise.store.sql;

import io.porpoise.store.StoreUnavailable;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an error of the client or the server means for the caller. */
final class SqlErrors {
  static final int DUPLICATE_KEY = 1062;

  /** Data errors that do not carry an SQLSTATE of a data error in MySQL, in MariaDB, or in both. */
  private static final Set<Integer> DATA_ERRORS =
      Set.of(
          1118, // the row is too large
          1153, // the packet is too large
          1366, // a character that the column cannot hold
          1406 // too long
          );

  /** How the client shows the server's words. */
  private static final Pattern WRAPPED =
      Pattern.compile("\\{errorMessage=(.*), errorCode=\\d+, sqlState=\\w*}");

  /** The client has no class for these. */
  private static final Pattern NOT_SENT =
      Pattern.compile("Pending requests failed to be sent|Connection is not active now");

  /** A column or a key of that name. */
  private static final Set<Integer> THERE_ALREADY = Set.of(1060, 1061);

  private SqlErrors() {}

  /** Whether the server refused the values themselves, so that the same values fail again. */
  static boolean isDataError(Throwable error) {
    if (error instanceof MySQLException e) {
      String state = e.getSqlState() == null ? "" : e.getSqlState();
      return state.startsWith("22")
          || state.startsWith("23")
          || DATA_ERRORS.contains(e.getErrorCode());
    }
    return false;
  }

  static boolean isFromServer(Throwable error) {
    return error instanceof MySQLException;
  }

  /** Whether the connection broke off under the statement or before it was sent. */
  static boolean isConnectionLost(Throwable error) {
    Throwable first = error instanceof StoreUnavailable ? error.getCause() : error;
    return first instanceof ClosedConnectionException
        || (first != null && NOT_SENT.matcher(String.valueOf(first.getMessage())).lookingAt());
  }

  static boolean isDuplicateKey(Throwable error) {
    return error instanceof MySQLException e && e.getErrorCode() == DUPLICATE_KEY;
  }

  /** Whether what was to be added to a table is there. */
  static boolean isThereAlready(Throwable error) {
    return error instanceof MySQLException e && THERE_ALREADY.contains(e.getErrorCode());
  }

  /**
   * The error as callers of the stores know it. Everything that is not about the data may pass: a
   * lost connection, a deadlock (1213), a lock wait (1205), too many connections (1040), a
   * read-only or stopping server, even a missing right, once the operator has granted it.
   */
  static Throwable translate(Throwable error) {
    if (error instanceof StoreUnavailable || isDataError(error) || isProgrammingError(error)) {
      return error;
    }
    return new StoreUnavailable("the database: " + describe(error), error);
  }

  /** One line. */
  static String describe(Throwable error) {
    if (error instanceof MySQLException e) {
      Matcher wrapped = WRAPPED.matcher(firstLine(e.getMessage()));
      return (wrapped.matches() ? wrapped.group(1) : firstLine(e.getMessage()))
          + " (error "
          + e.getErrorCode()
          + ")";
    }
    String message = firstLine(error.getMessage());
    return message.isEmpty() ? error.getClass().getSimpleName() : message;
  }

  private static boolean isProgrammingError(Throwable error) {
    return error instanceof IllegalArgumentException
        || error instanceof IllegalStateException
        || error instanceof NullPointerException
        || error instanceof ClassCastException
        || error instanceof java.util.NoSuchElementException;
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("").strip();
  }
}

package io.porpoise.store.sql;

import io.vertx.rxjava3.sqlclient.Tuple;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A statement ready to be sent.
 *
 * @param values of the placeholders; null: it is sent as text, not prepared
 */
record Statement(String sql, Tuple values) {
  static Statement text(String sql) {
    return new Statement(sql, null);
  }

  static Tuple tuple(Object... values) {
    return Tuple.from(values);
  }

  /** {@code 1,2,3} for an IN list; {@code -1}, which no row has, when there is none. */
  static String numbers(Collection<? extends Number> numbers) {
    return numbers.isEmpty()
        ? "-1"
        : numbers.stream().map(n -> Long.toString(n.longValue())).collect(Collectors.joining(","));
  }
}

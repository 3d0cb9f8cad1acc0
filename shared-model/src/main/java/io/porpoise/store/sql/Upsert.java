package io.porpoise.store.sql;

import io.porpoise.parameter.Parameters;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code INSERT ... ON DUPLICATE KEY UPDATE} of many rows of one table. Never {@code INSERT
 * IGNORE}, which would write what does not fit, cut to size.
 *
 * <p>A statement has 1, 2, 4, ... 256 rows, so that there are nine prepared shapes a table,
 * whatever the sizes of the batches. 256 rows are in the range where bigger statements are no
 * longer faster.
 */
final class Upsert {
  static final int ROWS_MAX = 256;

  /** Of several rows. */
  static final int STATEMENT_BYTES_MAX = 4 * 1024 * 1024;

  /**
   * Of a row that is alone in its statement: two documents of {@link Parameters#TOGETHER_BYTES_MAX}
   * and all else. It stays below MariaDB's {@code max_allowed_packet} of 16 MiB and a tenth of
   * MySQL's redo log of 96 MiB, its bound for what a row keeps outside of the page.
   */
  static final int ROW_BYTES_MAX = 2 * Parameters.TOGETHER_BYTES_MAX + 1024 * 1024;

  private final String head;
  private final String row;
  private final String tail;

  /**
   * @param columns all, in the order of the values
   * @param kept those that an existing row keeps: its key and what never changes; all: a plain
   *     insert
   */
  Upsert(String table, List<String> columns, List<String> kept) {
    head = "INSERT INTO " + table + " (" + String.join(",", columns) + ") VALUES ";
    row = "(" + "?,".repeat(columns.size() - 1) + "?)";
    String updates =
        columns.stream()
            .filter(c -> !kept.contains(c))
            .map(c -> c + "=VALUES(" + c + ")")
            .collect(Collectors.joining(","));
    tail = updates.isEmpty() ? "" : " ON DUPLICATE KEY UPDATE " + updates;
  }

  private Upsert(String head, String row, String tail) {
    this.head = head;
    this.row = row;
    this.tail = tail;
  }

  /**
   * Rows that stay as they are when they are there.
   *
   * @param id a column, whichever
   * @param stamped columns beside the others, which get the present moment by the database's clock
   */
  static Upsert once(String table, String id, List<String> columns, List<String> stamped) {
    List<String> all = Stream.concat(columns.stream(), stamped.stream()).toList();
    return new Upsert(
        "INSERT INTO " + table + " (" + String.join(",", all) + ") VALUES ",
        "(?" + ",?".repeat(columns.size() - 1) + ("," + Times.NOW).repeat(stamped.size()) + ")",
        " ON DUPLICATE KEY UPDATE " + id + "=" + table + "." + id);
  }

  /** The statements that write the rows, in their order. */
  List<Statement> statements(List<Object[]> rows) {
    List<Statement> statements = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      int count = Math.min(ROWS_MAX, Integer.highestOneBit(rows.size() - from));
      while (count > 1 && bytes(rows, from, count) > STATEMENT_BYTES_MAX) {
        count /= 2;
      }
      if (count == 1 && bytes(rows, from, 1) > ROW_BYTES_MAX) {
        throw new RowTooLarge(
            "a row of "
                + bytes(rows, from, 1)
                + " bytes is above the limit of a row, "
                + ROW_BYTES_MAX
                + " bytes");
      }
      statements.add(statement(rows, from, count));
      from += count;
    }
    return statements;
  }

  private Statement statement(List<Object[]> rows, int from, int count) {
    Tuple values = Tuple.tuple();
    for (int i = from; i < from + count; i++) {
      for (Object value : rows.get(i)) {
        values.addValue(value);
      }
    }
    return new Statement(head + (row + ",").repeat(count - 1) + row + tail, values);
  }

  private static long bytes(List<Object[]> rows, int from, int count) {
    long bytes = 0;
    for (int i = from; i < from + count; i++) {
      for (Object value : rows.get(i)) {
        bytes += bytes(value);
      }
    }
    return bytes;
  }

  private static long bytes(Object value) {
    if (value instanceof String s) {
      return 3L * s.length() + 9;
    }
    return value instanceof Buffer b ? b.length() + 9L : 9L;
  }

  /** One row alone does not fit into a statement. */
  static final class RowTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowTooLarge(String message) {
      super(message);
    }
  }
}

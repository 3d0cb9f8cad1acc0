package io.porpoise.cli.terminal;

import io.porpoise.cli.terminal.Terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** Rows under a head, as wide as their widest cell. Cells are styled after they are measured. */
public final class Table {
  /** A text with its style. */
  public record Cell(String text, Style style) {}

  private static final int WIDTH_MAX = 80;

  private final List<String> head;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  public static Cell state(String state) {
    return new Cell(oneLine(state), Terminal.styleOf(state));
  }

  /** Adds a row of strings or {@link Cell}s; null is shown as a dash. */
  public Table row(Object... cells) {
    List<Cell> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Cell c ? c : new Cell(oneLine(cell), Style.PLAIN));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void print(Terminal terminal) {
    int[] widths = head.stream().mapToInt(String::length).toArray();
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDTH_MAX, length(row.get(i).text())));
      }
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < head.size(); i++) {
      append(line, head.get(i).toUpperCase(java.util.Locale.ROOT), widths, i);
    }
    terminal.print(terminal.styled(Style.DIM, line.toString().stripTrailing()) + "\n");
    for (List<Cell> row : rows) {
      line.setLength(0);
      for (int i = 0; i < row.size(); i++) {
        Cell cell = row.get(i);
        int before = line.length();
        append(line, cell.text(), widths, i);
        if (cell.style() != Style.PLAIN) {
          line.replace(
              before, before + cell.text().length(), terminal.styled(cell.style(), cell.text()));
        }
      }
      terminal.print(line.toString().stripTrailing() + "\n");
    }
    terminal.flush();
  }

  private static void append(StringBuilder line, String text, int[] widths, int column) {
    line.append(text);
    if (column < widths.length - 1) {
      line.append(" ".repeat(Math.max(0, widths[column] - length(text)) + 2));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String oneLine(Object cell) {
    String text = cell == null ? "" : cell.toString().replaceAll("\\R", " ");
    return text.isEmpty() ? "-" : text;
  }
}

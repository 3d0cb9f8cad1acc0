package io.porpoise.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Which tokens may stand where, and how deep. The library would find the same mistakes, but says
 * them less well, and its parser recurses: it only gets what is known to be shallow.
 */
final class Shape {
  private enum Due {
    VALUE,
    OPERATOR,
    METHOD,
    CALL
  }

  private enum Open {
    GROUP("("),
    LIST("["),
    CALL("("),
    CHOICE("?");

    final String symbol;

    Open(String symbol) {
      this.symbol = symbol;
    }
  }

  private record Opened(Open what, int offset) {}

  private final Deque<Opened> opened = new ArrayDeque<>();
  private Due due = Due.VALUE;
  private boolean isJustOpened;
  private int signs;
  private int choices;
  private int operators;

  boolean isMethodDue() {
    return due == Due.METHOD;
  }

  void operand(int offset) throws Unreadable {
    if (due != Due.VALUE) {
      throw new Unreadable(
          offset,
          switch (due) {
            case OPERATOR -> "an operator is missing before this value";
            case METHOD -> "a method's name is missing after the dot";
            default -> "a ( is missing after the method's name";
          });
    }
    due = Due.OPERATOR;
    isJustOpened = false;
    signs = 0;
  }

  /** A method's name, or {@code .length} without brackets. */
  void method(int offset, String name, boolean isProperty) throws Unreadable {
    if (!Methods.ARGUMENTS.containsKey(name)) {
      throw new Unreadable(
          offset,
          "there is no method \""
              + (name.length() > 40 ? name.substring(0, 40) + "…" : name)
              + "\"; known are "
              + String.join(", ", new TreeSet<>(Methods.ARGUMENTS.keySet())));
    }
    due = isProperty ? Due.OPERATOR : Due.CALL;
  }

  void symbol(int offset, String symbol) throws Unreadable {
    if (due == Due.METHOD) {
      throw new Unreadable(offset, "a method's name is missing after the dot");
    }
    if (due == Due.CALL && !symbol.equals("(")) {
      throw new Unreadable(offset, "a ( is missing after the method's name");
    }
    switch (symbol) {
      case "(" -> open(offset, due == Due.CALL ? Open.CALL : Open.GROUP);
      case "[" -> open(offset, Open.LIST);
      case ")", "]" -> close(offset, symbol);
      case "," -> comma(offset);
      case "?" -> choice(offset);
      case ":" -> otherwise(offset);
      case "." -> afterValue(offset, symbol, Due.METHOD);
      default -> operator(offset, symbol);
    }
  }

  private void open(int offset, Open what) throws Unreadable {
    if (due == Due.OPERATOR) {
      throw new Unreadable(offset, "an operator is missing before this " + what.symbol);
    }
    opened.push(new Opened(what, offset));
    if (opened.size() > Bounds.DEPTH_MAX) {
      throw tooDeep(offset);
    }
    due = Due.VALUE;
    isJustOpened = what != Open.GROUP;
    signs = 0;
  }

  private void close(int offset, String symbol) throws Unreadable {
    boolean isEmpty = due == Due.VALUE && isJustOpened;
    if (due == Due.VALUE && !isEmpty) {
      throw new Unreadable(offset, "a value is missing before this " + symbol);
    }
    Opened last = opened.peek();
    boolean fits =
        last != null && last.what != Open.CHOICE && (last.what == Open.LIST) == symbol.equals("]");
    if (!fits) {
      throw last != null && last.what == Open.CHOICE
          ? new Unreadable(last.offset, "this ? has no :")
          : new Unreadable(offset, "nothing is open that this " + symbol + " could close");
    }
    opened.pop();
    due = Due.OPERATOR;
    isJustOpened = false;
  }

  private void comma(int offset) throws Unreadable {
    Opened last = opened.peek();
    if (last == null || last.what != Open.LIST && last.what != Open.CALL) {
      throw new Unreadable(offset, "a , may stand in a list only");
    }
    afterValue(offset, ",", Due.VALUE);
  }

  private void choice(int offset) throws Unreadable {
    count(offset);
    afterValue(offset, "?", Due.VALUE);
    opened.push(new Opened(Open.CHOICE, offset));
    if (++choices > Bounds.DEPTH_MAX || opened.size() > Bounds.DEPTH_MAX) {
      throw tooDeep(offset);
    }
  }

  private void otherwise(int offset) throws Unreadable {
    Opened last = opened.peek();
    if (last == null || last.what != Open.CHOICE) {
      throw new Unreadable(offset, "there is no ? before this :");
    }
    afterValue(offset, ":", Due.VALUE);
    opened.pop();
  }

  private void operator(int offset, String symbol) throws Unreadable {
    boolean isSign = due == Due.VALUE && "+-!".contains(symbol);
    count(offset);
    if (isSign) {
      if (++signs > Bounds.DEPTH_MAX) {
        throw tooDeep(offset);
      }
      isJustOpened = false;
    } else {
      afterValue(offset, symbol, Due.VALUE);
    }
  }

  private void afterValue(int offset, String symbol, Due next) throws Unreadable {
    if (due != Due.OPERATOR) {
      throw new Unreadable(offset, "a value is missing before " + symbol);
    }
    if (symbol.equals("!")) {
      throw new Unreadable(offset, "an operator is missing before !");
    }
    if (symbol.equals(".")) {
      count(offset);
    }
    due = next;
    isJustOpened = false;
    signs = 0;
  }

  private void count(int offset) throws Unreadable {
    if (++operators > Bounds.OPERATORS_MAX) {
      throw new Unreadable(offset, "too many operators: at most " + Bounds.OPERATORS_MAX);
    }
  }

  private static Unreadable tooDeep(int offset) {
    return new Unreadable(offset, "nested more than " + Bounds.DEPTH_MAX + " levels deep");
  }

  /** How many there have been, calls of methods included. */
  int operators() {
    return operators;
  }

  void end(int offset) throws Unreadable {
    if (due == Due.VALUE) {
      throw new Unreadable(
          offset,
          operators == 0 && opened.isEmpty() ? "it is empty" : "it ends where a value is missing");
    }
    if (due != Due.OPERATOR) {
      throw new Unreadable(offset, "it ends within a call of a method");
    }
    Opened last = opened.peek();
    if (last != null) {
      throw new Unreadable(
          last.offset,
          last.what == Open.CHOICE
              ? "this ? has no :"
              : "this " + last.what.symbol + " is not closed");
    }
  }
}

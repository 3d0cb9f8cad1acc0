package io.porpoise.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an expression apart and writes it anew for the library: each value as a variable, each
 * operator and bracket as the library knows it, and nothing else. {@link Shape} sees that they
 * stand where they may.
 */
final class Tokens {
  /** The longer ones first. */
  private static final List<String> SYMBOLS =
      List.of(
          "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!",
          "(", ")", "[", "]", ",", "?", ":", ".");

  private final String text;
  private final StringBuilder translated = new StringBuilder();
  private final List<Integer> translatedStarts = new ArrayList<>();
  private final List<Integer> sourceStarts = new ArrayList<>();
  private final List<Operand> operands = new ArrayList<>();
  private final Shape shape = new Shape();
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  static Tokens of(String text) throws Unreadable {
    if (text.length() > Bounds.EXPRESSION_CHARS_MAX) {
      throw new Unreadable(
          0, "too long: " + text.length() + " characters, at most " + Bounds.EXPRESSION_CHARS_MAX);
    }
    Tokens tokens = new Tokens(text);
    tokens.read();
    return tokens;
  }

  String translated() {
    return translated.toString();
  }

  List<Operand> operands() {
    return List.copyOf(operands);
  }

  int operators() {
    return shape.operators();
  }

  /** Where something in the translated text stands in the written one. */
  int sourceOffset(int translatedOffset) {
    int found = 0;
    for (int i = 0; i < translatedStarts.size(); i++) {
      if (translatedStarts.get(i) <= translatedOffset) {
        found = sourceStarts.get(i);
      }
    }
    return found;
  }

  private void read() throws Unreadable {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (text.startsWith("${", at)) {
        named();
      } else if (c >= '0' && c <= '9' || c == '.' && isDigit(at + 1)) {
        number();
      } else if (Character.isLetter(c) || c == '_') {
        word();
      } else {
        symbol();
      }
    }
    shape.end(at);
  }

  private void quoted(char quote) throws Unreadable {
    int start = at++;
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\') {
        part.append(escaped());
      } else if (text.startsWith("${", at)) {
        parts.add(part.toString());
        part.setLength(0);
        parts.add(name());
      } else {
        part.append(text.charAt(at++));
      }
    }
    if (at == text.length()) {
      throw new Unreadable(start, "the text that begins here has no end, a second " + quote);
    }
    at++;
    parts.add(part.toString());
    operand(
        start, parts.size() == 1 ? new Operand.Constant(parts.get(0)) : new Operand.Quoted(parts));
  }

  private char escaped() throws Unreadable {
    int start = at;
    at += 2;
    if (at > text.length()) {
      at = text.length(); // who reads the text will miss its end
      return '\\';
    }
    char c = text.charAt(at - 1);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', '"', '\'', '$' -> c;
      default -> throw new Unreadable(start, "only \\n \\t \\\\ \\\" \\' and \\$ are known");
    };
  }

  private void named() throws Unreadable {
    int start = at;
    operand(start, new Operand.Named(name()));
  }

  /** The name of the placeholder that begins here. */
  private String name() throws Unreadable {
    int start = at;
    int end = text.indexOf('}', start);
    if (end < 0) {
      throw new Unreadable(start, "${ has no end, a }");
    }
    String name = text.substring(start + 2, end);
    if (name.isBlank() || name.length() > Bounds.NAME_CHARS_MAX) {
      throw new Unreadable(
          start, "the name of a parameter has 1 to " + Bounds.NAME_CHARS_MAX + " characters");
    }
    if (name.chars().anyMatch(c -> c < ' ' || "${=()\"'".indexOf(c) >= 0)) {
      throw new Unreadable(
          start, "\"" + name.replaceAll("\\s+", " ") + "\" is no parameter's name");
    }
    at = end + 1;
    return name;
  }

  private void number() throws Unreadable {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
      at++;
      digits();
    }
    if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
      at++;
      if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      digits();
    }
    int end = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String number = text.substring(start, at);
    if (end != at || number.length() > Bounds.NUMBER_CHARS_MAX) {
      throw new Unreadable(start, "\"" + cut(number) + "\" is no number");
    }
    operand(start, new Operand.Constant(parsed(start, number)));
  }

  private static BigDecimal parsed(int start, String number) throws Unreadable {
    try {
      return Values.bounded(new BigDecimal(number));
    } catch (NumberFormatException | Unusable beyond) {
      throw new Unreadable(start, "\"" + cut(number) + "\" is no number that can be used here");
    }
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private void word() throws Unreadable {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(start, at);
    if (shape.isMethodDue()) {
      boolean isProperty = word.equals("length") && !isCalled();
      shape.method(start, word, isProperty);
      emit(start, isProperty ? "length()" : word);
      return;
    }
    switch (word) {
      case "true", "false" -> operand(start, new Operand.Constant(Boolean.valueOf(word)));
      case "and" -> symbol(start, "&&");
      case "or" -> symbol(start, "||");
      case "not" -> symbol(start, "!");
      default ->
          throw new Unreadable(
              start,
              "unknown word \"" + cut(word) + "\"; a parameter is ${name}, a text is \"quoted\"");
    }
  }

  private boolean isCalled() {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == '(';
  }

  private void symbol() throws Unreadable {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        int start = at;
        at += symbol.length();
        symbol(start, symbol);
        return;
      }
    }
    throw new Unreadable(at, hint(text.charAt(at)));
  }

  private static String hint(char c) {
    return switch (c) {
      case '=' -> "nothing can be assigned; to compare write ==";
      case '&' -> "\"and\" is written &&";
      case '|' -> "\"or\" is written ||";
      case '$' -> "a parameter is ${name}; put a time expression into a parameter";
      default -> "unexpected character " + (c < ' ' ? "" + (int) c : "\"" + c + "\"");
    };
  }

  private void symbol(int start, String symbol) throws Unreadable {
    shape.symbol(start, symbol);
    emit(start, symbol);
  }

  private void operand(int start, Operand operand) throws Unreadable {
    shape.operand(start);
    if (operands.size() == Bounds.OPERANDS_MAX) {
      throw new Unreadable(start, "too many values: at most " + Bounds.OPERANDS_MAX);
    }
    emit(start, "v" + operands.size());
    operands.add(operand);
  }

  private void emit(int start, String symbol) {
    translatedStarts.add(translated.length());
    sourceStarts.add(start);
    translated.append(symbol).append(' ');
  }

  private static String cut(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}

package io.porpoise.cli.doctor;

/** What a check found, and what to do about it if it is not well. */
public record Finding(String subject, Verdict verdict, String text) {
  /** How well it is. */
  public enum Verdict {
    OK,
    NOTE,
    BAD
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, Verdict.OK, text);
  }

  /** Worth knowing; nothing that must be mended. */
  static Finding note(String subject, String text) {
    return new Finding(subject, Verdict.NOTE, text);
  }

  static Finding bad(String subject, String text) {
    return new Finding(subject, Verdict.BAD, text);
  }
}

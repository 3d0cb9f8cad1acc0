package io.porpoise.instance;

/**
 * Why something is where it is, or ended as it did.
 *
 * @param code stable, upper case with underscores, for programs
 * @param text one sentence for people
 */
public record Reason(String code, String text) {
  @Override
  public String toString() {
    return text;
  }
}

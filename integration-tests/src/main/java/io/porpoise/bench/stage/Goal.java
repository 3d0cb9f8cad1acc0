package io.porpoise.bench.stage;

/** The first goal of a figure. */
public record Goal(Kind kind, double value) {
  /** What a figure is compared with. */
  public enum Kind {
    NONE,
    AT_MOST,
    AT_LEAST,
    SHARE_OF_BARE
  }

  public static final Goal NONE = new Goal(Kind.NONE, Double.NaN);

  public static Goal atMost(double value) {
    return new Goal(Kind.AT_MOST, value);
  }

  public static Goal atLeast(double value) {
    return new Goal(Kind.AT_LEAST, value);
  }

  /** At least this share of what the plain program reaches. */
  public static Goal shareOfBare(double share) {
    return new Goal(Kind.SHARE_OF_BARE, share);
  }

  boolean isReached(double figure, double bare) {
    return switch (kind) {
      case NONE -> true;
      case AT_MOST -> figure <= value;
      case AT_LEAST -> figure >= value;
      case SHARE_OF_BARE -> figure >= value * bare;
    };
  }

  public String text() {
    return switch (kind) {
      case NONE -> "";
      case AT_MOST -> "<= " + number();
      case AT_LEAST -> ">= " + number();
      case SHARE_OF_BARE -> Math.round(value * 100) + " % of bare";
    };
  }

  private String number() {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

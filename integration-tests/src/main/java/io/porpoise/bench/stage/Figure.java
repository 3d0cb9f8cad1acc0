package io.porpoise.bench.stage;

/**
 * One line of the result.
 *
 * @param id of GOALS.md, e.g. P1, or empty for what is only told
 * @param bare what a plain program reached in the same run, in the same unit; NaN when there is
 *     none
 * @param note what a reader must know, e.g. how it was warmed up; may be empty
 */
public record Figure(
    String id, String name, double value, String unit, double bare, Goal goal, String note) {
  public static Figure of(String id, String name, double value, String unit) {
    return new Figure(id, name, value, unit, Double.NaN, Goal.NONE, "");
  }

  /** What is only told, without a goal. */
  public static Figure of(String name, double value, String unit) {
    return of("", name, value, unit);
  }

  public Figure beside(double limit) {
    return new Figure(id, name, value, unit, limit, goal, note);
  }

  public Figure goal(Goal wanted) {
    return new Figure(id, name, value, unit, bare, wanted, note);
  }

  public Figure note(String text) {
    return new Figure(id, name, value, unit, bare, goal, text);
  }

  public boolean hasBare() {
    return !Double.isNaN(bare);
  }

  public double ratio() {
    return value / bare;
  }

  public boolean isReached() {
    return goal.isReached(value, bare);
  }
}

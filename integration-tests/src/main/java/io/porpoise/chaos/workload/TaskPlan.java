package io.porpoise.chaos.workload;

import java.util.List;

/**
 * One task, and how its attempts behave.
 *
 * @param failures so many attempts fail before one succeeds; {@link #ALWAYS}: all of them
 * @param isStubborn it ignores TERM, and has a child in a session of its own
 * @param atOnce when its worker is lost another attempt starts at once, the old one may still run
 */
public record TaskPlan(
    String name,
    List<String> deps,
    long millis,
    int failures,
    int retries,
    boolean isStubborn,
    boolean atOnce) {
  static final int ALWAYS = 1_000;

  public TaskPlan {
    deps = List.copyOf(deps);
  }

  /** Whether it succeeds in the end, when nobody stops or kills it. */
  public boolean succeeds() {
    return failures <= retries;
  }

  /** The declared output, which every later task checks. */
  String output() {
    return "out_" + name;
  }
}

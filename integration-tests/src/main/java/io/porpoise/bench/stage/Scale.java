package io.porpoise.bench.stage;

/** How large the loads are. */
public enum Scale {
  /** Only to see that everything runs. */
  SMOKE,
  /** The sizes of the goals, with few repetitions. */
  USUAL,
  /** The sizes of the goals, with more repetitions. */
  FULL
}

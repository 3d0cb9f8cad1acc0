package io.porpoise.bench;

import java.util.Arrays;

/** Measured values, in one unit. */
record Samples(double[] values) {
  Samples {
    values = values.clone();
    Arrays.sort(values);
  }

  /** The value below which the share {@code p} (0 to 1) of them lies. */
  double percentile(double p) {
    int index = (int) Math.ceil(p * values.length) - 1;
    return values[Math.max(0, Math.min(values.length - 1, index))];
  }
}

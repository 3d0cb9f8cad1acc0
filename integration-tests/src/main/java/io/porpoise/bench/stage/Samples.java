package io.porpoise.bench.stage;

import java.util.Arrays;
import java.util.Collection;

/** Measured values, in one unit. */
public record Samples(double[] values) {
  public Samples {
    values = values.clone();
    Arrays.sort(values);
  }

  public static Samples of(Collection<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The value below which the share {@code p} (0 to 1) of them lies; NaN when there is none. */
  public double percentile(double p) {
    if (values.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(p * values.length) - 1;
    return values[Math.max(0, Math.min(values.length - 1, index))];
  }

  public double median() {
    return percentile(0.5);
  }

  public int size() {
    return values.length;
  }
}

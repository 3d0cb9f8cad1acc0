package io.porpoise.api.http;

/** Hears of every answered request; the metrics are made of it. */
@FunctionalInterface
public interface RequestCount {
  void answered(Endpoint endpoint, int status, long nanos);
}

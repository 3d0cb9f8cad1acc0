package io.porpoise.api.system;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.RequestCount;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by route and status; there are few of both, so all timers fit in a map.
 */
public final class RequestMetrics implements RequestCount {
  private final MeterRegistry metrics;
  private final Map<String, Timer> timers = new HashMap<>();

  public RequestMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public void answered(Endpoint endpoint, int status, long nanos) {
    String route = endpoint.method() + " " + endpoint.path();
    timers
        .computeIfAbsent(route + " " + status, key -> timer(endpoint, status))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Endpoint endpoint, int status) {
    return Timer.builder("porpoise.api.requests")
        .tag("method", endpoint.method().name())
        .tag("route", endpoint.path())
        .tag("status", Integer.toString(status))
        .register(metrics);
  }
}

package io.porpoise.bench;

import io.porpoise.bench.scenario.BareLimits;
import io.porpoise.bench.scenario.Chain;
import io.porpoise.bench.scenario.FanOut;
import io.porpoise.bench.scenario.HandOver;
import io.porpoise.bench.scenario.LargeWorkflows;
import io.porpoise.bench.scenario.Orchestration;
import io.porpoise.bench.scenario.StartLatency;
import io.porpoise.bench.scenario.TakeOver;
import io.porpoise.bench.stage.Scenario;
import java.util.List;

/** All scenarios, in the order in which they run. */
final class Scenarios {
  static final List<Scenario> ALL =
      List.of(
          new BareLimits(),
          new StartLatency(),
          new Chain(),
          FanOut.oneWorkflow(),
          FanOut.manyWorkflows(),
          new Orchestration(),
          new HandOver(),
          new TakeOver(),
          new LargeWorkflows());

  private Scenarios() {}
}

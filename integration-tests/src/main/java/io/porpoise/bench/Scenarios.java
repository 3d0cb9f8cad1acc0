package io.porpoise.bench;

import io.porpoise.bench.scenario.Against;
import io.porpoise.bench.scenario.BareLimits;
import io.porpoise.bench.scenario.Chain;
import io.porpoise.bench.scenario.FanOut;
import io.porpoise.bench.scenario.HandOver;
import io.porpoise.bench.scenario.LargeWorkflows;
import io.porpoise.bench.scenario.Lists;
import io.porpoise.bench.scenario.LogLines;
import io.porpoise.bench.scenario.LogRead;
import io.porpoise.bench.scenario.ManyAtOnce;
import io.porpoise.bench.scenario.MoreNodes;
import io.porpoise.bench.scenario.Orchestration;
import io.porpoise.bench.scenario.StartLatency;
import io.porpoise.bench.scenario.StartUnderLoad;
import io.porpoise.bench.scenario.StartUp;
import io.porpoise.bench.scenario.Steady;
import io.porpoise.bench.scenario.TakeOver;
import io.porpoise.bench.scenario.Waiting;
import io.porpoise.bench.stage.Scenario;
import java.util.List;

/** All scenarios, in the order in which they run. */
final class Scenarios {
  static final List<Scenario> ALL =
      List.of(
          new StartUp(),
          new BareLimits(),
          new StartLatency(),
          new StartUnderLoad(),
          new Chain(),
          FanOut.oneWorkflow(),
          FanOut.manyWorkflows(),
          new Orchestration(),
          new HandOver(),
          new ManyAtOnce(),
          new LogLines(),
          new LogRead(),
          new Lists(),
          new LargeWorkflows(),
          new Steady(),
          Waiting.forWorkers(),
          Waiting.forRetries(),
          MoreNodes.masters(),
          MoreNodes.workers(),
          new TakeOver(),
          new Against());

  private Scenarios() {}
}

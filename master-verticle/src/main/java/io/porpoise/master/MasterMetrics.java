package io.porpoise.master;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Step;
import io.porpoise.master.engine.StepKind;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.master.shard.MasterEvents;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the shards tell of themselves, and logs what somebody should know. */
final class MasterMetrics implements MasterEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MasterMetrics.class);

  private final Map<StepKind, Counter> steps = new EnumMap<>(StepKind.class);
  private final Counter adopted;
  private final Timer loading;
  private final Counter lost;
  private final Counter setAside;
  private final Counter broken;

  MasterMetrics(MeterRegistry metrics) {
    for (StepKind kind : StepKind.values()) {
      steps.put(
          kind,
          Counter.builder("porpoise.master.steps")
              .description("events applied to workflow instances")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
    adopted = metrics.counter("porpoise.master.slots.adopted");
    loading =
        Timer.builder("porpoise.master.adoption")
            .description("from a shard's claim of slots until all their instances are in memory")
            .register(metrics);
    lost = metrics.counter("porpoise.master.slots.lost");
    setAside = metrics.counter("porpoise.master.set.aside");
    broken = metrics.counter("porpoise.master.broken");
  }

  @Override
  public void stepped(Step step) {
    steps.get(step.kind()).increment();
  }

  @Override
  public void unexpected(WorkflowInstanceId id, WorkflowEvent event) {
    LOG.atWarn()
        .addKeyValue("workflowInstance", id)
        .addKeyValue("event", event)
        .log("an event came in a state in which it cannot happen; it was ignored");
  }

  @Override
  public void adopted(int slots, int instances, Duration took) {
    adopted.increment(slots);
    loading.record(took);
    LOG.atInfo()
        .addKeyValue("slots", slots)
        .addKeyValue("instances", instances)
        .addKeyValue("tookMillis", took.toMillis())
        .log("slots adopted");
  }

  @Override
  public void slotsLost(Set<Integer> slots) {
    lost.increment(slots.size());
    LOG.warn("{} slots have another owner now", slots.size());
  }

  @Override
  public void setAside(WorkflowInstanceId id, String why) {
    setAside.increment();
    LOG.atError().addKeyValue("workflowInstance", id).log("an instance is set aside: {}", why);
  }

  @Override
  public void broken(String what, Throwable why) {
    broken.increment();
    LOG.error("{}", what, why);
  }
}

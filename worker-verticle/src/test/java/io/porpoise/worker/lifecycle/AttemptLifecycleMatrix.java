package io.porpoise.worker.lifecycle;

import io.porpoise.instance.Reason;
import io.porpoise.worker.lifecycle.AttemptLife.Killer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Probes the pure function with every state and every event, and prints what it says. */
final class AttemptLifecycleMatrix {
  private static final Reason WHY = new Reason("WHY", "because");

  private AttemptLifecycleMatrix() {}

  static Map<String, AttemptLife> states() {
    AttemptLife creating = AttemptLife.creating(true);
    AttemptLife starting = creating.to(AttemptState.STARTING);
    AttemptLife running = starting.running(AttemptState.RUNNING);
    Map<String, AttemptLife> states = new LinkedHashMap<>();
    states.put("CREATING", creating);
    states.put("CREATING, kill asked", creating.killedBy(Killer.OWNER));
    states.put("STARTING", starting);
    states.put("RUNNING", running);
    for (Killer killer : Killer.values()) {
      states.put("KILLING for " + killer, running.killedBy(killer).to(AttemptState.KILLING));
    }
    states.put("COLLECTING", running.exited(0).to(AttemptState.COLLECTING));
    states.put("ENDED", running.to(AttemptState.ENDED));
    states.put("RELEASED", running.to(AttemptState.RELEASED));
    return states;
  }

  static List<AttemptEvent> events() {
    return List.of(
        new AttemptEvent.Created(),
        new AttemptEvent.Existed(),
        new AttemptEvent.NotCreated(WHY),
        new AttemptEvent.Started(),
        new AttemptEvent.NotStarted(WHY),
        new AttemptEvent.Exited(0, false),
        new AttemptEvent.Exited(1, false),
        new AttemptEvent.Exited(143, true),
        new AttemptEvent.Vanished(WHY),
        new AttemptEvent.KillRequested(1000),
        new AttemptEvent.LeaseEnded(),
        new AttemptEvent.Unwanted(),
        new AttemptEvent.OutputsCollected(Map.of()),
        new AttemptEvent.OutputsFailed(WHY),
        new AttemptEvent.Acknowledged());
  }

  static String print() {
    StringBuilder text = new StringBuilder("| state |");
    events().forEach(event -> text.append(' ').append(name(event)).append(" |"));
    text.append("\n|---|").append("---|".repeat(events().size())).append('\n');
    states()
        .forEach(
            (name, life) -> {
              text.append("| ").append(name).append(" |");
              for (AttemptEvent event : events()) {
                text.append(' ').append(cell(life, event)).append(" |");
              }
              text.append('\n');
            });
    return text.toString();
  }

  private static String name(AttemptEvent event) {
    String name = event.getClass().getSimpleName();
    if (event instanceof AttemptEvent.Exited exited) {
      return name + (exited.killed() ? " killed" : " " + exited.exitCode());
    }
    return name;
  }

  private static String cell(AttemptLife life, AttemptEvent event) {
    AttemptStep step = AttemptLifecycle.apply(life, event);
    String effects =
        step.effects().isEmpty()
            ? ""
            : " + "
                + String.join(
                    ", ", step.effects().stream().map(e -> e.getClass().getSimpleName()).toList());
    return switch (step.kind()) {
      case IGNORED -> "·" + effects;
      case UNEXPECTED -> "!";
      case MOVED -> now(step.life()) + effects;
    };
  }

  private static String now(AttemptLife life) {
    return switch (life.state()) {
      case ENDED -> "ENDED " + life.phase();
      case KILLING -> "KILLING for " + life.killer();
      case CREATING -> life.killer() == null ? "CREATING" : "CREATING, kill by " + life.killer();
      case STARTING, RUNNING, COLLECTING, RELEASED -> life.state().name();
    };
  }
}

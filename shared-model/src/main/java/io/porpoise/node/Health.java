package io.porpoise.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What speaks against this process at the moment. Live: restarting would help. Ready: it should get
 * no requests for now. Probes only read what their owners know already; they are called on event
 * loops, as often as somebody asks.
 */
public final class Health {
  /**
   * What one probe says.
   *
   * @param problem one line, or empty when all is well
   */
  public record Finding(String name, Optional<String> problem) {
    public boolean isWell() {
      return problem.isEmpty();
    }
  }

  private record Probe(String name, Supplier<Optional<String>> problem) {
    Finding look() {
      return new Finding(name, problem.get());
    }
  }

  private final List<Probe> live = new CopyOnWriteArrayList<>();
  private final List<Probe> ready = new CopyOnWriteArrayList<>();

  /** Adds to what must be well for the process to be worth keeping. */
  public void addLive(String name, Supplier<Optional<String>> problem) {
    live.add(new Probe(name, problem));
  }

  /** Adds to what must be well for the process to be of use. */
  public void addReady(String name, Supplier<Optional<String>> problem) {
    ready.add(new Probe(name, problem));
  }

  public List<Finding> live() {
    return live.stream().map(Probe::look).toList();
  }

  /** Whether nothing is known to be wrong with what has this name. */
  public boolean isReady(String name) {
    return ready.stream()
        .filter(probe -> probe.name().equals(name))
        .map(Probe::look)
        .allMatch(Finding::isWell);
  }

  /** All findings, those about life included. */
  public List<Finding> ready() {
    return java.util.stream.Stream.concat(live.stream(), ready.stream()).map(Probe::look).toList();
  }
}

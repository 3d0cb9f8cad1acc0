package io.porpoise.simulation;

import static org.assertj.core.api.Assertions.fail;

import io.porpoise.cluster.contract.Stage;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The stage of the contract suites in a simulated world. */
public final class SimStage implements Stage {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final World world;
  private final List<SimNode> nodes;

  public SimStage(World world, List<SimNode> nodes) {
    this.world = world;
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public <T> T call(int node, Supplier<T> work) {
    List<T> done = new ArrayList<>();
    List<RuntimeException> failed = new ArrayList<>();
    nodes
        .get(node)
        .post(
            () -> {
              try {
                done.add(work.get());
              } catch (RuntimeException e) {
                failed.add(e);
              }
            });
    until("the work is done", () -> !done.isEmpty() || !failed.isEmpty());
    return result(done, failed);
  }

  @Override
  public <T> T await(int node, Supplier<Single<T>> work) {
    List<T> done = new ArrayList<>();
    List<RuntimeException> failed = new ArrayList<>();
    SimNode chosen = nodes.get(node);
    chosen.post(
        () ->
            work.get()
                .subscribe(
                    done::add,
                    error -> failed.add((RuntimeException) error),
                    chosen.subscriptions()));
    until("the answer", () -> !done.isEmpty() || !failed.isEmpty());
    return result(done, failed);
  }

  @Override
  public void until(String what, BooleanSupplier condition) {
    long end = world.nanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (world.nanos() > end || !world.step()) {
        fail("waited in vain until " + what + "; " + world.failures());
      }
    }
  }

  @Override
  public boolean isOnLoop(int node) {
    return nodes.get(node).isRunning();
  }

  private static <T> T result(List<T> done, List<RuntimeException> failed) {
    if (!failed.isEmpty()) {
      throw failed.get(0);
    }
    return done.get(0);
  }
}

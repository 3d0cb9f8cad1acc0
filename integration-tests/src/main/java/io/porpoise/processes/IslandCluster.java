package io.porpoise.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster of processes, the last master and the last worker of which are on islands, if this
 * machine can have any.
 */
public final class IslandCluster implements AutoCloseable {
  private final ClusterProcesses processes;
  private final Islands islands;
  private final Optional<String> unavailable;
  private final List<String> islanders = new ArrayList<>();

  private IslandCluster(ClusterProcesses processes, Islands islands, Optional<String> unavailable) {
    this.processes = processes;
    this.islands = islands;
    this.unavailable = unavailable;
  }

  /**
   * Starts one with two API nodes.
   *
   * @param directory of its own, empty
   * @param masters 2 at least, like the workers
   */
  public static IslandCluster start(Path directory, int masters, int workers)
      throws IOException, InterruptedException {
    Optional<String> unavailable = Islands.unavailable();
    IslandCluster cluster =
        new IslandCluster(
            new ClusterProcesses(directory),
            unavailable.isEmpty() ? Islands.create() : null,
            unavailable);
    try {
      cluster.up(masters, workers);
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close(); // nobody else knows of what has started already
      throw e;
    }
    return cluster;
  }

  private void up(int masters, int workers) throws IOException, InterruptedException {
    int ashore = unavailable.isEmpty() ? 1 : 0;
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--masters", Integer.toString(masters - ashore)));
    options.addAll(List.of("--workers", Integer.toString(workers - ashore)));
    options.addAll(List.of("--apis", "2", "--alerts", "0"));
    if (unavailable.isEmpty()) {
      islanders.add("master-" + masters);
      islanders.add("worker-" + workers);
      options.addAll(List.of("--", "--set", "cluster.host=" + islands.mainland()));
    }
    processes.up(options.toArray(String[]::new));
    processes.settle(islanders, islands);
  }

  public ClusterProcesses processes() {
    return processes;
  }

  /** Why there are no islands, if there are none. */
  public Optional<String> unavailable() {
    return unavailable;
  }

  /** The members that can be cut off. */
  public List<String> islanders() {
    return List.copyOf(islanders);
  }

  /** Cuts a member off: nothing goes in or out any more, and nobody is told. */
  public void cut(String member) throws IOException {
    islands.cut(member);
  }

  /** Joins it to the others again. */
  public void mend(String member) throws IOException {
    islands.mend(member);
  }

  @Override
  public void close() throws IOException {
    for (String member : islanders) {
      islands.mend(member);
    }
    processes.close();
    if (islands != null) {
      islands.close();
    }
  }
}

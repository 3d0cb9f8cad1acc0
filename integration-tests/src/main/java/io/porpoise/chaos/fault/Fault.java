package io.porpoise.chaos.fault;

/**
 * Something that happens to a process for a while.
 *
 * @param victim as {@link io.porpoise.processes.ClusterProcesses} calls it
 */
public record Fault(Kind kind, String victim, long holdMillis) {
  /** What can happen. */
  public enum Kind {
    /** SIGKILL, and later a start. Keepers are started by their workers. */
    KILL("kill -9"),
    /** SIGTERM, and when it has ended, a start. */
    RESTART("restart"),
    /** SIGSTOP, and later SIGCONT. */
    FREEZE("SIGSTOP"),
    /** The network cable is pulled, and later put back. */
    CUT("network cut");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** The part of the victim's name that says what it is. */
  public String role() {
    return victim.endsWith("/keeper") ? "keeper" : victim.replaceFirst("-\\d+$", "");
  }

  /** The member that it happens to: a keeper belongs to its worker. */
  public String machine() {
    return victim.replaceFirst("/.*", "");
  }

  /** Kind and role, to be counted. */
  public String category() {
    return kind.text + " of " + role();
  }

  @Override
  public String toString() {
    return "%s of %s for %.1f s".formatted(kind.text, victim, holdMillis / 1000.0);
  }
}

package io.porpoise.bench.stage;

/**
 * Seconds of CPU, by process.
 *
 * @param jvm the server
 * @param overhead the part of it that compiled and collected
 * @param database mariadbd
 * @param keeper the shell that starts and watches tasks, its children apart
 * @param children of the keeper: the tasks
 * @param client this program
 */
public record Usage(
    double jvm, double overhead, double database, double keeper, double children, double client) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  public Usage plus(Usage other) {
    return combine(other, 1);
  }

  public Usage minus(Usage other) {
    return combine(other, -1);
  }

  private Usage combine(Usage other, int sign) {
    return new Usage(
        jvm + sign * other.jvm,
        // A compiler thread that has ended takes its time with it.
        Math.max(0, overhead + sign * other.overhead),
        database + sign * other.database,
        keeper + sign * other.keeper,
        children + sign * other.children,
        client + sign * other.client);
  }

  /** What the server's own processes used: the JVM and the keeper, the database and tasks apart. */
  public double server() {
    return jvm + keeper;
  }

  /** Milliseconds a task, for a note. */
  public String perTask(int tasks) {
    return "ms a task: JVM %.2f (%.2f of it compiling and collecting), keeper %.2f, tasks %.2f, mariadbd %.2f, this client %.2f"
        .formatted(
            jvm * 1000 / tasks,
            overhead * 1000 / tasks,
            keeper * 1000 / tasks,
            children * 1000 / tasks,
            database * 1000 / tasks,
            client * 1000 / tasks);
  }
}

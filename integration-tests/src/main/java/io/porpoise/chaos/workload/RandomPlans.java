package io.porpoise.chaos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small workflows of the usual shapes; a seed gives the same ones. */
public final class RandomPlans {
  private static final int TASKS_MAX = 5;
  private static final long LONG_MILLIS = 6_000;
  private static final long SHORT_MILLIS = 900;

  private final SplittableRandom random;

  public RandomPlans(long seed) {
    random = new SplittableRandom(seed);
  }

  public List<WorkflowPlan> plans(int count) {
    List<WorkflowPlan> plans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      plans.add(i == 0 ? serial("w0") : next("w" + i));
    }
    return plans;
  }

  /** Quick, so that its queue does not outlive the faults by far. */
  private WorkflowPlan serial(String name) {
    TaskPlan first = new TaskPlan("t0", List.of(), 100, happens(0.5) ? 1 : 0, 1, false, false);
    TaskPlan second = new TaskPlan("t1", List.of("t0"), 200, 0, 0, false, false);
    return new WorkflowPlan(name, false, true, List.of(first, second));
  }

  private WorkflowPlan next(String name) {
    List<List<String>> shape =
        switch (random.nextInt(4)) {
          case 0 -> chain(random.nextInt(1, TASKS_MAX));
          case 1 -> diamond();
          case 2 -> fanOut(random.nextInt(2, TASKS_MAX));
          default -> anything(random.nextInt(2, TASKS_MAX + 1));
        };
    // One workflow in four has a task that never succeeds.
    int bad = happens(0.25) ? random.nextInt(shape.size()) : -1;
    List<TaskPlan> tasks = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      tasks.add(task(i, shape.get(i), i == bad));
    }
    return new WorkflowPlan(name, bad >= 0 && happens(0.3), false, tasks);
  }

  private TaskPlan task(int number, List<String> deps, boolean isBad) {
    int retries = random.nextInt(3);
    int failures = isBad ? TaskPlan.ALWAYS : happens(0.3) ? random.nextInt(retries + 1) : 0;
    long millis = happens(0.15) ? random.nextLong(LONG_MILLIS) : random.nextLong(SHORT_MILLIS);
    return new TaskPlan("t" + number, deps, millis, failures, retries, happens(0.05), happens(0.1));
  }

  private static List<List<String>> chain(int length) {
    List<List<String>> deps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      deps.add(i == 0 ? List.of() : List.of("t" + (i - 1)));
    }
    return deps;
  }

  private static List<List<String>> diamond() {
    return List.of(List.of(), List.of("t0"), List.of("t0"), List.of("t1", "t2"));
  }

  private static List<List<String>> fanOut(int width) {
    List<List<String>> deps = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < width; i++) {
      deps.add(List.of("t0"));
    }
    return deps;
  }

  private List<List<String>> anything(int size) {
    List<List<String>> deps = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<String> before = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if (happens(0.4)) {
          before.add("t" + j);
        }
      }
      deps.add(before);
    }
    return deps;
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}

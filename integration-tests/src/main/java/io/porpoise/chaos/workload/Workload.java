package io.porpoise.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.processes.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Users who start instances of random workflows, one after the other, until they are told to end;
 * some stop their instance soon after, or kill a task of it. What is in doubt is asked again with
 * the same key until it is answered.
 */
public final class Workload implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WORKFLOWS = 12;
  private static final int USERS = 24;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String project;
  private final PatientClient client;
  private final Journal journal;
  private final List<WorkflowPlan> plans;
  private final SplittableRandom random;
  private final long pauseMillis;
  private final Queue<Start> starts = new ConcurrentLinkedQueue<>();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final Semaphore free = new Semaphore(USERS);
  private final ExecutorService users = Executors.newCachedThreadPool();
  private final Thread starter = new Thread(this::startOneAfterTheOther, "workload");
  private volatile boolean isEnding;

  /**
   * @param directory of its own, for the journal; its name is that of the project as well
   * @param perSecond how many instances are started per second, while the server answers
   */
  public Workload(Deployment deployment, Path directory, long seed, double perSecond) {
    project = directory.getFileName().toString();
    client = new PatientClient(deployment, PATIENCE);
    journal = Journal.in(directory);
    plans = new RandomPlans(seed).plans(WORKFLOWS);
    random = new SplittableRandom(seed);
    pauseMillis = (long) (1000 / perSecond);
  }

  /** Saves the workflows and begins. */
  public void begin() throws InterruptedException {
    String body = JSON.createObjectNode().put("name", project).put("description", "").toString();
    client.post("projects", body, project).expect(201, 409);
    for (WorkflowPlan plan : plans) {
      String path = "projects/" + project + "/workflows/" + plan.name();
      client.putYaml(path, plan.yaml(journal)).expect(200, 201);
    }
    starter.start();
  }

  /** Starts nothing more; returns when nothing is in doubt any more. */
  public void end() throws InterruptedException {
    isEnding = true;
    starter.join();
    users.shutdown();
    if (!users.awaitTermination(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS)) {
      troubles.add("requests were not answered in " + PATIENCE.multipliedBy(2));
      users.shutdownNow();
    }
  }

  /** Leaves everything as it is, if it has not been ended. */
  @Override
  public void close() {
    isEnding = true;
    starter.interrupt();
    users.shutdownNow();
  }

  /** The project in which all instances are. */
  public String project() {
    return project;
  }

  public Journal journal() {
    return journal;
  }

  /** All starts that were accepted so far. */
  public List<Start> starts() {
    return List.copyOf(starts);
  }

  /** What users had to complain about, one sentence each. */
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** How often a request had to be repeated. */
  public long retries() {
    return client.retries();
  }

  private void startOneAfterTheOther() {
    try {
      for (int number = 0; !isEnding; number++) {
        free.acquire();
        String key = project + "-" + number;
        SplittableRandom own = random.split();
        users.execute(() -> use(key, own));
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void use(String key, SplittableRandom chance) {
    try {
      Start start = start(key, plans.get(chance.nextInt(plans.size())), chance);
      double mood = chance.nextDouble();
      if (mood < 0.08) {
        TimeUnit.MILLISECONDS.sleep(chance.nextLong(2_500));
        start = start.with(Start.Wish.STOP, stop(start));
      } else if (mood < 0.14) {
        TimeUnit.MILLISECONDS.sleep(chance.nextLong(2_500));
        start = start.with(Start.Wish.KILL_A_TASK, killATask(start));
      }
      starts.add(start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      troubles.add(key + ": " + e.getMessage());
    } finally {
      free.release();
    }
  }

  private Start start(String key, WorkflowPlan plan, SplittableRandom chance)
      throws InterruptedException {
    String path = "projects/" + project + "/workflows/" + plan.name() + "/instances";
    String body = "{\"params\": {\"tag\": \"" + key + "\"}}";
    String id = client.post(path, body, key).expect(202).get("id").asText();
    if (chance.nextDouble() < 0.1) { // as if the answer had been lost
      String again = client.post(path, body, key).expect(202).get("id").asText();
      if (!again.equals(id)) {
        troubles.add(key + ": started twice, as " + id + " and " + again);
      }
    }
    return new Start(key, plan, id, Start.Wish.NONE, false);
  }

  private boolean stop(Start start) throws InterruptedException {
    String path = "workflow-instances/" + start.instance() + "/actions";
    return mayCount(client.post(path, "{\"action\": \"STOP\"}", "stop-" + start.key()));
  }

  private boolean killATask(Start start) throws InterruptedException {
    JsonNode tasks = client.get("workflow-instances/" + start.instance()).expect(200).get("tasks");
    List<String> running = new ArrayList<>();
    for (JsonNode task : tasks) {
      if (task.get("state").asText().equals("RUNNING")) {
        running.add(task.get("id").asText());
      }
    }
    if (running.isEmpty()) {
      return false;
    }
    String path = "task-instances/" + running.get(0) + "/actions";
    return mayCount(client.post(path, "{\"action\": \"KILL\"}", "kill-" + start.key()));
  }

  /** Otherwise it certainly came too late. */
  private static boolean mayCount(PatientClient.Answer answer) {
    answer.expect(202, 409);
    return answer.status() == 202 || answer.tries() > 1;
  }
}

package io.porpoise.conformance.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.form.Deed;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.master.MasterSettings;
import io.porpoise.simulation.World;
import io.porpoise.simulation.history.FaultKind;
import io.porpoise.simulation.history.Faults;
import io.porpoise.simulation.history.MasterHost;
import io.porpoise.simulation.history.Surroundings;
import io.porpoise.simulation.history.WorkerHost;
import io.porpoise.simulation.machine.MachineListener;
import io.porpoise.simulation.machine.Script;
import io.porpoise.simulation.machine.SimMachine;
import io.porpoise.worker.spool.Attempt;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Real masters, workers and routes in a simulated world. With a seed of faults masters crash and
 * stop, messages are lost, doubled and late; everything takes longer then, so that no fault lasts
 * as long as what a case waits for.
 */
public final class SimulatedStack implements Stack {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_UP = Duration.ofSeconds(15);
  private static final Duration FAULT_TIME = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration REPLY_WITHIN = Duration.ofMinutes(3);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LEAST = Duration.ofMillis(5);

  /** Of a process among faults, before it is slowed down: so that they meet something that runs. */
  private static final Duration LEAST_AMONG_FAULTS = Duration.ofMillis(100);

  private static final Duration FOREVER = Duration.ofDays(30);
  private static final int PLENTY = 50;
  private static final int SLOW = 120;
  private static final int UNAVAILABLE = 503;

  /** Those that leave every attempt with its worker. */
  private static final Set<FaultKind> FAULTS =
      EnumSet.of(
          FaultKind.MASTER_CRASH, FaultKind.MASTER_STOP, FaultKind.LOOP_STALL, FaultKind.MESSAGES);

  private final World world;
  private final Surroundings around;
  private final ApiServerHost api;
  private final List<WorkerHost> workers = new ArrayList<>();
  private final int slowness;
  private final Map<String, List<Deed>> deeds = new HashMap<>();
  private final Map<String, List<TaskInstanceId>> processes = new TreeMap<>();
  private final CompositeDisposable calls = new CompositeDisposable();

  private SimulatedStack(long seed, boolean isCalm, Case played, Consumer<String> trace) {
    int workerSlots = played.workerSlots();
    world = new World(seed);
    if (trace != null) {
      world.printTo(trace);
    }
    slowness = isCalm ? 1 : SLOW;
    around = Surroundings.of(world);
    api = new ApiServerHost(around, "a1");
    MasterSettings settings = settings(played.dispatchTimeout());
    List<MasterHost> masters =
        List.of(
            new MasterHost(around, "m1", 0, 2, settings),
            new MasterHost(around, "m2", 0, 2, settings));
    for (int i = 1; i <= (workerSlots > 0 ? 1 : 2); i++) {
      SimMachine machine = new SimMachine(world, "w" + i, this::script, new Nobody());
      workers.add(
          new WorkerHost(around, "w" + i, 0, machine, workerSlots > 0 ? workerSlots : PLENTY));
    }
    masters.forEach(MasterHost::start);
    workers.forEach(WorkerHost::start);
    api.start();
    world.runFor(START_UP);
    if (!isCalm) {
      new Faults(around, FAULTS, masters, workers, List.of()).plan(FAULT_TIME);
    }
  }

  /**
   * Without faults.
   *
   * @param trace where to tell what happens, or null
   */
  public static SimulatedStack calm(Case played, Consumer<String> trace) {
    return new SimulatedStack(1, true, played, trace);
  }

  /** With faults that do not change how instances end. */
  public static SimulatedStack withFaults(long seed, Case played, Consumer<String> trace) {
    return new SimulatedStack(seed, false, played, trace);
  }

  private MasterSettings settings(Duration dispatchTimeout) {
    MasterSettings usual = MasterSettings.DEFAULTS;
    return dispatchTimeout == null
        ? usual
        : new MasterSettings(
            usual.shards(),
            usual.commitPacing(),
            usual.lazyCommit(),
            usual.sweepInterval(),
            usual.heartbeat(),
            usual.suspicion(),
            usual.claimDelay(),
            usual.loadPageSize(),
            usual.requestTimeout(),
            usual.batchMaxRows(),
            usual.pendingBytesMax(),
            usual.lostReplacementsMax(),
            dispatchTimeout.multipliedBy(slowness),
            usual.definitionCacheSize(),
            usual.retention(),
            usual.fencing(),
            usual.killGrace());
  }

  @Override
  public Reply call(String method, String path, Map<String, Object> body) {
    Buffer bytes = body == null ? Buffer.buffer() : Buffer.buffer(json(body));
    Reply reply = once(method, path, bytes);
    for (Duration end = elapsed().plus(REPLY_WITHIN);
        reply.status() == UNAVAILABLE && elapsed().compareTo(end) < 0; ) {
      world.runFor(AGAIN);
      reply = once(method, path, bytes);
    }
    return reply;
  }

  private Reply once(String method, String path, Buffer body) {
    Reply[] reply = {null};
    api.node()
        .post(
            around.network().hopNanos(),
            () ->
                calls.add(
                    api.routes()
                        .call(method, path, body)
                        .subscribe(
                            answer ->
                                world.afterNanos(
                                    around.network().hopNanos(), () -> reply[0] = answer),
                            error -> world.fail("every request is answered: " + error))));
    if (!world.runUntil(() -> reply[0] != null, REPLY_WITHIN)) {
      throw new AssertionError("no answer to " + method + " " + path + ": " + world.failures());
    }
    return reply[0];
  }

  private static byte[] json(Map<String, Object> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String command(String task, List<Deed> does) {
    deeds.put(task, does);
    return "true";
  }

  /** The nth process of a task in an instance does what stands at that place. */
  private Script script(TaskInstanceId id) {
    TaskInstance task = task(id);
    List<TaskInstanceId> former =
        processes.computeIfAbsent(
            task.workflowInstanceId() + "/" + task.name(), key -> new ArrayList<>());
    if (!former.contains(id)) {
      former.add(id);
    }
    List<Deed> does = deeds.getOrDefault(task.name(), List.of(Deed.SUCCEED));
    Deed deed = does.get(Math.min(former.indexOf(id), does.size() - 1));
    Duration duration =
        deed.duration() == null
            ? FOREVER
            : deed.duration().plus(slowness == 1 ? LEAST : LEAST_AMONG_FAULTS);

    return new Script(true, duration.multipliedBy(slowness), deed.exitCode(), true, deed.outputs());
  }

  private TaskInstance task(TaskInstanceId id) {
    for (WorkflowInstance instance : around.database().instances()) {
      for (TaskInstance task : around.database().tasks(instance.id())) {
        if (task.id().equals(id)) {
          return task;
        }
      }
    }
    throw new IllegalStateException("a process without a row: " + id);
  }

  @Override
  public void await() {
    world.runFor(LOOK.multipliedBy(slowness));
  }

  @Override
  public Duration elapsed() {
    return world.elapsed();
  }

  @Override
  public Duration patience() {
    return PATIENCE.multipliedBy(slowness);
  }

  @Override
  public int slowness() {
    return slowness;
  }

  @Override
  public boolean keepsTime() {
    return slowness == 1;
  }

  @Override
  public List<String> alerts() {
    return around.database().alerts().stream().map(raised -> raised.alert().kind().name()).toList();
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>(world.failures());
    for (WorkerHost worker : workers) {
      if (worker.unexpected() > 0) {
        faults.add("nothing is unexpected: " + worker.unexpected() + " events at " + worker.name());
      }
    }
    return faults;
  }

  /** Promises about single steps are those of the histories. */
  private static final class Nobody implements MachineListener {
    @Override
    public void started(SimMachine machine, Attempt attempt) {}

    @Override
    public void gone(SimMachine machine, Attempt attempt) {}
  }
}

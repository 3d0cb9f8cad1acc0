package io.porpoise.simulation.store;

import io.porpoise.cluster.Slot;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.instance.GroupClaim;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNetwork;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceQueries.HistoryRow;
import io.porpoise.store.Projects.Project;
import io.porpoise.store.RunStore.Startable;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.TaskGroups.Group;
import io.porpoise.store.Users.User;
import io.porpoise.store.Workflows.Version;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The one database of a world: its tables, and the way of every call to it and back. The tables
 * change at one moment per call; what a client gets to know of it is another matter.
 */
public final class SimDatabase {
  /** What links to it are named by. */
  public static final String HOST = "database";

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  final List<SlotRow> slots = new ArrayList<>();
  final TreeMap<WorkflowInstanceId, WorkflowInstance> instances = new TreeMap<>();
  final TreeMap<WorkflowInstanceId, WorkflowInstance> unfinished = new TreeMap<>();
  final TreeMap<WorkflowInstanceId, TreeMap<TaskInstanceId, TaskInstance>> tasks = new TreeMap<>();
  final TreeMap<Long, Command> commands = new TreeMap<>();
  final TreeMap<String, Long> journal = new TreeMap<>();
  final TreeMap<WorkflowInstanceId, List<HistoryRow>> history = new TreeMap<>();
  final TreeMap<String, UsedKey> idempotencyKeys = new TreeMap<>();
  final TreeMap<Long, SerialPlace> serialQueue = new TreeMap<>();
  final TreeMap<String, Group> taskGroups = new TreeMap<>();
  final TreeMap<TaskInstanceId, GroupPlace> groupQueue = new TreeMap<>();
  final LinkedHashMap<List<Object>, RaisedAlert> alerts = new LinkedHashMap<>();
  final TreeMap<Long, Project> projects = new TreeMap<>();
  final TreeMap<Long, Workflow> workflows = new TreeMap<>();
  final TreeMap<Long, List<Version>> versions = new TreeMap<>();
  final TreeMap<Long, Map<String, Long>> taskCodes = new TreeMap<>();
  final TreeMap<String, User> users = new TreeMap<>();
  final TreeMap<String, Token> tokens = new TreeMap<>();

  private final World world;
  private final SimNetwork network;
  private final SplittableRandom random;
  private final Map<IdBlocks.Sequence, Long> ids = new EnumMap<>(IdBlocks.Sequence.class);
  private final TreeMap<String, VersionedDefinition> definitions = new TreeMap<>();
  private final TreeMap<String, Long> locksUntil = new TreeMap<>();
  private final List<Consumer<Batch>> commitListeners = new ArrayList<>();
  private final List<Consumer<TaskInstanceId>> grantListeners = new ArrayList<>();
  private Predicate<Batch.InstanceChange> poison = change -> false;
  private Predicate<WorkflowInstanceId> unreadable = id -> false;
  private DatabaseFaults faults = DatabaseFaults.NONE;
  private final List<Runnable> buffered = new ArrayList<>();
  private boolean isDown;
  private boolean isFrozen;
  private long lastNumber;

  /** What an idempotency key stands for. */
  record UsedKey(WorkflowInstanceId instance, Instant at) {}

  /** A place in the queue of a serial definition, by its ticket. */
  public record SerialPlace(long workflowId, WorkflowInstanceId instance) {}

  /** An attempt's place in the queue of its task group. */
  public record GroupPlace(
      GroupClaim claim,
      boolean isHeld,
      Instant firstSubmitTime,
      WorkflowInstanceId instance,
      TaskInstanceId task) {
    GroupPlace held() {
      return new GroupPlace(claim, true, firstSubmitTime, instance, task);
    }
  }

  /** An alert of an instance. */
  public record RaisedAlert(WorkflowInstanceId instance, Batch.Alert alert) {
    /** What is raised once, whatever it says. */
    List<Object> key() {
      return Arrays.asList(instance, alert.round(), alert.task(), alert.kind());
    }
  }

  /** A token of a user, by its hash. */
  record Token(long userId, Instant expires) {}

  public SimDatabase(World world, SimNetwork network) {
    this.world = world;
    this.network = network;
    this.random = world.split();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      slots.add(new SlotRow(slot, null, 0, 0));
    }
  }

  public void setFaults(DatabaseFaults newFaults) {
    faults = newFaults;
  }

  /** Changes that the database refuses for their data. */
  public void setPoison(Predicate<Batch.InstanceChange> newPoison) {
    poison = newPoison;
  }

  /** Instances of which a row cannot be understood. */
  public void setUnreadable(Predicate<WorkflowInstanceId> newUnreadable) {
    unreadable = newUnreadable;
  }

  public void stop() {
    isDown = true;
    world.trace(() -> "database stops");
  }

  public void start() {
    isDown = false;
    world.trace(() -> "database starts");
  }

  /** Stops it as SIGSTOP does: what is sent to it is read later, perhaps long after its sender. */
  public void freeze() {
    isFrozen = true;
    world.trace(() -> "database is frozen");
  }

  public void thaw() {
    if (!isFrozen) {
      return;
    }
    isFrozen = false;
    world.trace(() -> "database goes on");
    List<Runnable> late = List.copyOf(buffered);
    buffered.clear();
    late.forEach(Runnable::run);
  }

  /** Told of each batch just before it changes the tables, at the moment of its commit. */
  public void onCommit(Consumer<Batch> listener) {
    commitListeners.add(listener);
  }

  /** Told of each slot of a task group that is given to an attempt, once it holds it. */
  public void onGrant(Consumer<TaskInstanceId> listener) {
    grantListeners.add(listener);
  }

  public List<SlotRow> slots() {
    return List.copyOf(slots);
  }

  public Optional<WorkflowInstance> instance(WorkflowInstanceId id) {
    return Optional.ofNullable(instances.get(id));
  }

  public List<WorkflowInstance> instances() {
    return List.copyOf(instances.values());
  }

  public List<WorkflowInstance> unfinished() {
    return List.copyOf(unfinished.values());
  }

  public boolean hasUnfinished() {
    return !unfinished.isEmpty();
  }

  /** All attempts of an instance, by id. */
  public List<TaskInstance> tasks(WorkflowInstanceId id) {
    return List.copyOf(tasks.getOrDefault(id, new TreeMap<>()).values());
  }

  public Optional<Command> command(long id) {
    return Optional.ofNullable(commands.get(id));
  }

  public List<Command> commands() {
    return List.copyOf(commands.values());
  }

  public SortedMap<Long, SerialPlace> serialQueue() {
    return Collections.unmodifiableSortedMap(serialQueue);
  }

  public List<Group> taskGroups() {
    return List.copyOf(taskGroups.values());
  }

  public List<GroupPlace> groupPlaces() {
    return List.copyOf(groupQueue.values());
  }

  /** In the order in which they were raised. */
  public List<RaisedAlert> alerts() {
    return List.copyOf(alerts.values());
  }

  /** Puts a definition there without any document. */
  public void define(VersionedDefinition definition) {
    definitions.put(definition.workflowId() + "/" + definition.version(), definition);
  }

  /** Puts a task group there, in place of a former one. */
  public void define(Group group) {
    taskGroups.put(group.name(), group);
  }

  VersionedDefinition definition(long workflowId, int version) {
    VersionedDefinition defined = definitions.get(workflowId + "/" + version);
    if (defined != null) {
      return defined;
    }
    return versions.getOrDefault(workflowId, List.of()).stream()
        .filter(saved -> saved.version() == version)
        .findFirst()
        .map(saved -> parsed(workflows.get(workflowId), saved))
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "workflow " + workflowId + " has no version " + version));
  }

  Optional<Startable> startable(String project, String name) {
    Optional<Startable> defined =
        definitions.values().stream()
            .filter(d -> d.projectName().equals(project) && d.definition().name().equals(name))
            .max(Comparator.comparing(VersionedDefinition::version))
            .map(d -> startable(d, ReleaseState.ONLINE));
    return defined.isPresent()
        ? defined
        : workflows.values().stream()
            .filter(w -> w.project().equals(project) && w.name().equals(name))
            .findFirst()
            .map(w -> startable(definition(w.id(), w.version()), w.releaseState()));
  }

  private static Startable startable(VersionedDefinition definition, ReleaseState releaseState) {
    return new Startable(
        definition.projectId(),
        definition.workflowId(),
        definition.version(),
        releaseState,
        definition.definition().executionType());
  }

  private VersionedDefinition parsed(Workflow workflow, Version saved) {
    return new VersionedDefinition(
        workflow.projectId(),
        workflow.project(),
        workflow.id(),
        saved.version(),
        CanonicalJson.read(saved.document()).definition(),
        Map.copyOf(taskCodes.get(workflow.id())),
        null);
  }

  long reserve(IdBlocks.Sequence sequence, int size) {
    long first = ids.getOrDefault(sequence, 1L);
    ids.put(sequence, first + size);
    return first;
  }

  /** A number of an auto-increment column; one sequence for all of them will do. */
  long nextNumber() {
    return ++lastNumber;
  }

  void checkReadable(WorkflowInstanceId id) {
    if (unreadable.test(id)) {
      throw new IllegalArgumentException("a row of instance " + id + " is not understood");
    }
  }

  boolean isPoisoned(Batch.InstanceChange change) {
    return poison.test(change);
  }

  void tellCommit(Batch batch) {
    commitListeners.forEach(listener -> listener.accept(batch));
  }

  void tellGrant(TaskInstanceId task) {
    grantListeners.forEach(listener -> listener.accept(task));
  }

  void put(WorkflowInstance instance) {
    instances.put(instance.id(), instance);
    if (instance.isFinished()) {
      unfinished.remove(instance.id());
    } else {
      unfinished.put(instance.id(), instance);
    }
  }

  /** A call that needs no lock that a late transaction might still hold. */
  <T> Single<T> call(SimNode client, Supplier<T> statement) {
    return call(client, "", statement);
  }

  /**
   * One call: the statement takes effect at one moment on its way, whether the client lives to hear
   * of it or not.
   *
   * @param lock what the statement locks: while a former one with the same lock is late, it waits;
   *     empty: nothing
   */
  <T> Single<T> call(SimNode client, String lock, Supplier<T> statement) {
    return Single.create(emitter -> new Call<>(client, lock, statement, emitter).go());
  }

  /** A call on its way. */
  private final class Call<T> {
    private final SimNode client;
    private final String lock;
    private final Supplier<T> statement;
    private final SingleEmitter<T> emitter;

    Call(SimNode client, String lock, Supplier<T> statement, SingleEmitter<T> emitter) {
      this.client = client;
      this.lock = lock;
      this.statement = statement;
      this.emitter = emitter;
    }

    void go() {
      client.mustRun(SimDatabase.this);
      long way = network.hopNanos() + (happens(faults.slow()) ? spread(faults.slowest()) : 0);
      if (happens(faults.deadlock())) {
        fail(way, "1213: deadlock found, try again");
      } else if (happens(faults.lockWait())) {
        fail(way + spread(PATIENCE), "1205: lock wait timeout exceeded, try again");
      } else if (happens(faults.requestLost())) {
        fail(way + spread(PATIENCE), "connection lost");
      } else if (happens(faults.effectLate())) {
        fail(way, "connection lost");
        long late = way + 1 + spread(PATIENCE);
        locksUntil.merge(lock, world.nanos() + late, Math::max);
        world.afterNanos(late, () -> arrive(false, true));
      } else {
        boolean isAnswered = !happens(faults.replyLost());
        world.afterNanos(way, () -> arrive(isAnswered, false));
      }
    }

    private void arrive(boolean isAnswered, boolean holdsLock) {
      if (isFrozen) {
        fail(PATIENCE.toNanos(), "no answer");
        long givenUpAt = world.nanos() + PATIENCE.toNanos();
        buffered.add(
            () -> {
              // Of a transaction whose client has gone, all may have been sent, or not.
              if (world.nanos() < givenUpAt || random.nextBoolean()) {
                arrive(isAnswered, holdsLock);
              }
            });
        return;
      }
      if (isDown || network.isCut(client.host(), HOST)) {
        fail(isDown ? 0 : PATIENCE.toNanos(), "no connection");
        return;
      }
      // A process that has died meanwhile may have sent all of it, or not.
      if (!client.isAlive() && random.nextBoolean()) {
        return;
      }
      long lockedFor =
          holdsLock || lock.isEmpty() ? -1 : locksUntil.getOrDefault(lock, -1L) - world.nanos();
      if (lockedFor >= 0) {
        world.afterNanos(lockedFor + 1, () -> arrive(isAnswered, false));
        return;
      }
      perform(isAnswered);
    }

    private void perform(boolean isAnswered) {
      try {
        T value = statement.get();
        if (isAnswered && !network.isCut(HOST, client.host())) {
          client.post(
              network.hopNanos(),
              () -> {
                if (!emitter.isDisposed()) {
                  emitter.onSuccess(value);
                }
              });
        } else {
          fail(spread(PATIENCE), "connection lost");
        }
      } catch (NoSuchElementException | IllegalArgumentException e) {
        client.post(network.hopNanos(), () -> error(e));
      }
    }

    private void fail(long delayNanos, String text) {
      client.post(delayNanos, () -> error(new StoreUnavailable(text, null)));
    }

    private void error(RuntimeException e) {
      if (!emitter.isDisposed()) {
        emitter.onError(e);
      }
    }

    private boolean happens(double probability) {
      return probability > 0 && random.nextDouble() < probability;
    }

    private long spread(Duration atMost) {
      return random.nextLong(Math.max(1, atMost.toNanos()));
    }
  }
}

package io.porpoise.api.testing;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.Slot;
import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.porpoise.store.Overviews;
import io.porpoise.store.Projects;
import io.porpoise.store.SlotStore;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Users;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** The database as API nodes see it, in memory and at once; it can be switched off. */
public final class MemoryStores {
  public volatile boolean isDown;
  public volatile boolean isSilent;
  public final Map<String, Users.User> users = new TreeMap<>();
  public final Map<String, Users.User> tokens = new TreeMap<>();
  public final Map<Long, Projects.Project> projects = new TreeMap<>();
  public final Map<Long, Workflows.Workflow> workflows = new TreeMap<>();
  public final Map<String, Workflows.Version> versions = new TreeMap<>();
  public final Map<WorkflowInstanceId, WorkflowInstance> instances = new TreeMap<>();
  public final Map<TaskInstanceId, TaskInstance> tasks = new TreeMap<>();
  public final List<Command> commands = new ArrayList<>();
  public final List<InstanceQueries.HistoryRow> history = new ArrayList<>();
  private final Map<String, WorkflowInstanceId> keys = new TreeMap<>();
  final Map<String, TaskGroups.Group> groups = new TreeMap<>();
  final Map<Long, WorkflowCatalog.Layout> layouts = new TreeMap<>();
  private final List<SlotStore.SlotRow> slots = new ArrayList<>();
  private long nextId = 1;

  public MemoryStores() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      slots.add(new SlotStore.SlotRow(slot, null, 0, 0));
    }
  }

  private synchronized <T> T locked(Callable<T> work) throws Exception {
    if (isDown) {
      throw new StoreUnavailable("the database is switched off", null);
    }
    return work.call();
  }

  <T> Single<T> one(Callable<T> work) {
    return Single.defer(() -> isSilent ? Single.never() : Single.fromCallable(() -> locked(work)));
  }

  <T> Maybe<T> found(Callable<T> work) {
    return Maybe.defer(() -> isSilent ? Maybe.never() : Maybe.fromCallable(() -> locked(work)));
  }

  /** All slots belong to this master, or to nobody. */
  public synchronized void own(Member master) {
    slots.replaceAll(
        row ->
            master == null
                ? new SlotStore.SlotRow(row.slot(), null, 0, row.epoch())
                : new SlotStore.SlotRow(
                    row.slot(), master.id().node(), master.id().incarnation(), row.epoch() + 1));
  }

  public synchronized void put(WorkflowInstance instance) {
    instances.put(instance.id(), instance);
  }

  public synchronized void put(TaskInstance task) {
    tasks.put(task.id(), task);
  }

  public Users users() {
    return new Users() {
      @Override
      public Maybe<User> byName(String name) {
        return found(() -> users.get(name));
      }

      @Override
      public Single<Boolean> createIfAbsent(String name, String hash, boolean isAdmin) {
        return one(
            () -> users.putIfAbsent(name, new User(users.size() + 1, name, hash, isAdmin)) == null);
      }

      @Override
      public Single<Boolean> setPasswordHash(String name, String hash) {
        return one(
            () ->
                users.computeIfPresent(name, (n, u) -> new User(u.id(), n, hash, u.isAdmin()))
                    != null);
      }

      @Override
      public Completable saveToken(byte[] sha256, long userId, Instant expires) {
        return one(() -> {
              User user = users.values().stream().filter(u -> u.id() == userId).findFirst().get();
              return Optional.ofNullable(tokens.put(HexFormat.of().formatHex(sha256), user));
            })
            .ignoreElement();
      }

      @Override
      public Maybe<User> byToken(byte[] sha256, Instant now) {
        return found(() -> tokens.get(HexFormat.of().formatHex(sha256)));
      }

      @Override
      public Completable deleteToken(byte[] sha256) {
        return one(() -> Optional.ofNullable(tokens.remove(HexFormat.of().formatHex(sha256))))
            .ignoreElement();
      }
    };
  }

  public Projects projects() {
    return new Projects() {
      @Override
      public Maybe<Project> create(String name, String text, String by, Instant now) {
        return found(
            () -> {
              if (projects.values().stream().anyMatch(p -> p.name().equals(name))) {
                return null;
              }
              Project project = new Project(projects.size() + 1, name, text, by, now);
              projects.put(project.id(), project);
              return project;
            });
      }

      @Override
      public Maybe<Project> byName(String name) {
        return found(
            () ->
                projects.values().stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .orElse(null));
      }

      @Override
      public Single<List<Project>> list(long before, int limit) {
        return one(
            () ->
                projects.values().stream()
                    .filter(p -> before == 0 || p.id() < before)
                    .sorted(Comparator.comparingLong(Project::id).reversed())
                    .limit(limit)
                    .toList());
      }
    };
  }

  public Workflows workflows() {
    return new Workflows() {
      @Override
      public Single<Saved> save(
          long projectId,
          String name,
          String description,
          String document,
          List<String> taskNames,
          ReleaseState state,
          ExecutionType executionType,
          String by,
          Instant now) {
        return one(
            () -> {
              Workflow old = present(projectId, name);
              boolean isSame =
                  old != null
                      && versions.get(old.id() + "/" + old.version()).document().equals(document);
              int version = old == null ? 1 : isSame ? old.version() : old.version() + 1;
              long id = old == null ? workflows.size() + 1 : old.id();
              Workflow workflow =
                  new Workflow(
                      id,
                      projectId,
                      projects.get(projectId).name(),
                      name,
                      version,
                      state,
                      executionType,
                      description,
                      old == null ? now : old.createdAt(),
                      now);
              workflows.put(id, workflow);
              versions.putIfAbsent(id + "/" + version, new Version(id, version, document, by, now));
              return new Saved(
                  workflow,
                  old == null
                      ? Saved.Change.CREATED
                      : isSame ? Saved.Change.UNCHANGED : Saved.Change.NEW_VERSION);
            });
      }

      private Workflow present(long projectId, String name) {
        return workflows.values().stream()
            .filter(w -> w.projectId() == projectId && w.name().equals(name))
            .findFirst()
            .orElse(null);
      }

      @Override
      public Maybe<Workflow> find(String project, String name) {
        return found(
            () ->
                workflows.values().stream()
                    .filter(w -> w.project().equals(project) && w.name().equals(name))
                    .findFirst()
                    .orElse(null));
      }

      @Override
      public Maybe<Version> version(long workflowId, int version) {
        return found(() -> versions.get(workflowId + "/" + version));
      }

      @Override
      public Single<Boolean> release(long workflowId, ReleaseState state, Instant now) {
        return one(
            () -> {
              Workflow w = workflows.get(workflowId);
              workflows.put(
                  workflowId,
                  new Workflow(
                      w.id(),
                      w.projectId(),
                      w.project(),
                      w.name(),
                      w.version(),
                      state,
                      w.executionType(),
                      w.description(),
                      w.createdAt(),
                      now));
              return w.releaseState() != state;
            });
      }
    };
  }

  public WorkflowCatalog catalog() {
    return new MemoryCatalog(this);
  }

  public Overviews overviews() {
    return new MemoryOverviews(this);
  }

  InstanceView view(WorkflowInstance instance) {
    Workflows.Workflow workflow = workflows.get(instance.workflowId());
    return new InstanceView(
        instance, workflow.project(), workflow.name(), slots.get(instance.slot()).owner());
  }

  public InstanceIntake intake() {
    return new InstanceIntake() {
      @Override
      public Single<Accepted> start(Start start) {
        return one(
            () -> {
              String key = start.userId() + " " + start.idempotencyKey();
              if (start.idempotencyKey() != null && keys.containsKey(key)) {
                return new Accepted(instances.get(keys.get(key)), false);
              }
              keys.put(key, start.id());
              WorkflowInstance instance =
                  WorkflowInstance.submitted(
                      start.id(),
                      start.projectId(),
                      start.workflowId(),
                      start.version(),
                      start.options(),
                      start.userName(),
                      start.at());
              instances.put(instance.id(), instance);
              return new Accepted(instance, true);
            });
      }

      @Override
      public Single<WishOutcome> command(Wish wish) {
        return one(
            () -> {
              long id = commands.size() + 1;
              commands.add(
                  new Command(
                      id, wish.instance(), wish.type(), wish.taskInstance(), 0, wish.actor()));
              return new Recorded(id);
            });
      }
    };
  }

  public TaskGroups groups() {
    return new MemoryGroups(this);
  }

  public InstanceQueries queries() {
    return new InstanceQueries() {
      private boolean isBefore(WorkflowInstance i, Position place) {
        int byTime = i.createdAt().compareTo(place.createdAt());
        return byTime < 0 || (byTime == 0 && i.id().compareTo(place.id()) < 0);
      }

      @Override
      public Single<List<InstanceView>> list(Filter f) {
        return one(
            () ->
                instances.values().stream()
                    .sorted(
                        Comparator.comparing(WorkflowInstance::createdAt)
                            .thenComparing(WorkflowInstance::id)
                            .reversed())
                    .filter(i -> f.before() == null || isBefore(i, f.before()))
                    .filter(i -> f.state() == null || i.state() == f.state())
                    .filter(i -> f.from() == null || !i.createdAt().isBefore(f.from()))
                    .filter(i -> f.to() == null || i.createdAt().isBefore(f.to()))
                    .map(i -> view(i))
                    .filter(v -> f.project() == null || v.project().equals(f.project()))
                    .filter(v -> f.workflow() == null || v.workflow().equals(f.workflow()))
                    .limit(f.limit())
                    .toList());
      }

      @Override
      public Maybe<InstanceView> find(WorkflowInstanceId id) {
        return found(() -> instances.containsKey(id) ? view(instances.get(id)) : null);
      }

      @Override
      public Single<List<InstanceView>> find(Collection<WorkflowInstanceId> ids) {
        return one(
            () ->
                instances.values().stream()
                    .filter(i -> ids.contains(i.id()))
                    .map(i -> view(i))
                    .toList());
      }

      @Override
      public Single<List<TaskInstance>> tasks(WorkflowInstanceId id, boolean allAttempts) {
        return one(
            () ->
                tasks.values().stream()
                    .filter(t -> t.workflowInstanceId().equals(id) && (allAttempts || t.valid()))
                    .toList());
      }

      @Override
      public Maybe<TaskInstance> task(TaskInstanceId id) {
        return found(() -> tasks.get(id));
      }

      @Override
      public Single<List<HistoryRow>> history(WorkflowInstanceId id, long after, int limit) {
        return one(() -> history.stream().filter(r -> r.number() > after).limit(limit).toList());
      }
    };
  }

  public IdBlocks ids() {
    return (sequence, size) ->
        one(
            () -> {
              long first = nextId;
              nextId += size;
              return first;
            });
  }

  public SlotStore slots() {
    return new SlotStore() {
      @Override
      public Single<List<SlotRow>> all() {
        return one(() -> List.copyOf(slots));
      }

      @Override
      public Single<List<SlotRow>> claim(
          io.porpoise.cluster.NodeId owner, long incarnation, Collection<SlotRow> expected) {
        return Single.error(new UnsupportedOperationException("API nodes claim nothing"));
      }

      @Override
      public Completable release(
          io.porpoise.cluster.NodeId owner, long incarnation, Collection<Integer> released) {
        return Completable.error(new UnsupportedOperationException("API nodes release nothing"));
      }
    };
  }
}

package io.porpoise.worker;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch;
import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.node.config.WorkerConfig.StopMode;
import io.porpoise.worker.heartbeat.Limits;
import io.porpoise.worker.heartbeat.LoadProbe;
import io.porpoise.worker.log.LogFiles;
import io.porpoise.worker.process.ProcessEvent;
import io.porpoise.worker.process.Processes;
import io.porpoise.worker.spool.Attempt;
import io.porpoise.worker.spool.Outputs;
import io.porpoise.worker.spool.Spool;
import io.porpoise.worker.spool.SpoolUnavailable;
import io.porpoise.worker.task.TaskTypes;
import io.porpoise.worker.task.shell.ShellTask;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** One worker among fakes, and an owner whose answers the test decides. */
final class TestWorker implements Spool, Processes, LogFiles {
  static final Duration SESSION = Duration.ofSeconds(6);
  static final Duration REFUSAL_MEMORY = Duration.ofMinutes(10);

  final ManualClock clock = new ManualClock();
  final TestBus bus = new TestBus();
  final TestRegistry registry = new TestRegistry();
  final Map<TaskInstanceId, Attempt> directories = new TreeMap<>();
  final Map<String, String> outputs = new LinkedHashMap<>();
  final Set<Long> released = new HashSet<>();
  final List<Long> started = new ArrayList<>();
  final List<Long> killed = new ArrayList<>();
  final List<AttemptReport> reported = new ArrayList<>();
  final List<ProcessEvent> found = new ArrayList<>();
  final List<Duration> leases = new ArrayList<>();
  Duration lease;
  Duration grant = Duration.ofSeconds(20);
  int insisted;
  boolean diskFull;
  SingleSubject<Boolean> slowDisk;
  LoadProbe.Sample load = LoadProbe.Sample.UNKNOWN;
  StopMode stopMode = StopMode.LEAVE;
  WorkerNode node;
  private final MemberId id = new MemberId(Role.WORKER, new NodeId("w1"), 1);
  private Consumer<ProcessEvent> listener;

  TestWorker begin() {
    Member self = new Member(id, "localhost", 0, "test", clock.now(), 0, List.of("default"), "");
    WorkerSettings settings =
        new WorkerSettings(
            new Limits(3, 1, 0.9, 1),
            SESSION,
            REFUSAL_MEMORY,
            Duration.ofDays(1),
            stopMode,
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    WorkerPorts ports =
        new WorkerPorts(clock, bus, registry, this, this, this, () -> Single.just(load));
    node =
        new WorkerNode(self, settings, new TaskTypes(List.of(new ShellTask("/bin/bash"))), ports);
    node.start().blockingAwait();
    return this;
  }

  /** The owner at the address answers each report so. */
  void owner(String address, Function<List<TaskInstanceId>, ReportAnswers> answer) {
    bus.serve(
            address,
            message -> {
              if (message instanceof LeaseRequest request) {
                return Maybe.just(granting(request));
              }
              List<AttemptReport> reports = ((ReportBatch) message).reports();
              reported.addAll(reports);
              return Maybe.just(
                  answer.apply(reports.stream().map(AttemptReport::taskInstance).toList()));
            })
        .blockingAwait();
  }

  private LeaseGrants granting(LeaseRequest request) {
    return new LeaseGrants(List.of(new LeaseGrants.Grant(grant.toMillis(), request.slots())));
  }

  void silence(String address) {
    bus.close(address).blockingAwait();
  }

  static ReportAnswers acknowledge(List<TaskInstanceId> ids) {
    return new ReportAnswers(ids, List.of(), List.of());
  }

  static ReportAnswers notMine(List<TaskInstanceId> ids) {
    return new ReportAnswers(List.of(), ids, List.of());
  }

  static ReportAnswers unwanted(List<TaskInstanceId> ids) {
    return new ReportAnswers(List.of(), List.of(), ids);
  }

  DispatchAnswers.Answer dispatch(Dispatch dispatch) {
    return dispatchFrom(Dispatches.OWNER, dispatch);
  }

  DispatchAnswers.Answer dispatchFrom(String owner, Dispatch dispatch) {
    return dispatch(new DispatchBatch(owner, 0, List.of(dispatch)));
  }

  DispatchAnswers.Answer dispatch(DispatchBatch batch) {
    return ((DispatchAnswers) ask(batch)).answers().get(0);
  }

  KillAnswers kill(long task, long epoch) {
    return (KillAnswers)
        ask(
            new KillBatch(
                Dispatches.OWNER,
                List.of(
                    new KillBatch.Kill(
                        new TaskInstanceId(task), new WorkflowInstanceId(7), epoch, 1000))));
  }

  Message ask(Message message) {
    return bus.request(Addresses.intake(id), message, Duration.ofSeconds(1)).blockingGet();
  }

  Single<Message> asking(Message message) {
    return bus.request(Addresses.intake(id), message, Duration.ofSeconds(1));
  }

  void runs(long task) {
    listener.accept(new ProcessEvent.Started(new TaskInstanceId(task), Duration.ZERO));
  }

  void exits(long task, int code) {
    listener.accept(
        new ProcessEvent.Exited(new TaskInstanceId(task), code, false, Duration.ofSeconds(2)));
  }

  void diesByKill(long task) {
    listener.accept(
        new ProcessEvent.Exited(new TaskInstanceId(task), 143, true, Duration.ofSeconds(2)));
  }

  AttemptReport lastReport() {
    return reported.get(reported.size() - 1);
  }

  @Override
  public Single<Boolean> create(Attempt attempt) {
    if (diskFull) {
      return Single.error(new SpoolUnavailable("no space left", null));
    }
    Single<Boolean> made =
        Single.fromCallable(() -> directories.putIfAbsent(attempt.id(), attempt) == null);
    return slowDisk == null ? made : slowDisk.flatMap(now -> made);
  }

  @Override
  public Single<List<Attempt>> unreleased() {
    return Single.just(
        directories.values().stream()
            .filter(attempt -> !released.contains(attempt.id().value()))
            .toList());
  }

  @Override
  public void follow(TaskInstanceId task, Collection<String> names) {}

  @Override
  public void unfollow(TaskInstanceId task) {}

  @Override
  public Single<Outputs> outputs(TaskInstanceId task, Collection<String> names) {
    return Single.just(new Outputs(outputs, null));
  }

  @Override
  public Completable release(TaskInstanceId task) {
    return Completable.fromAction(() -> released.add(task.value()));
  }

  @Override
  public Completable sweep(Duration ttl) {
    return Completable.complete();
  }

  @Override
  public void onEvent(Consumer<ProcessEvent> newListener) {
    listener = newListener;
  }

  @Override
  public Single<List<ProcessEvent>> adopt(List<TaskInstanceId> left) {
    return Single.just(found);
  }

  @Override
  public void start(Attempt attempt, Duration ownLease) {
    started.add(attempt.id().value());
    leases.add(ownLease);
  }

  @Override
  public void kill(TaskInstanceId task, Duration grace) {
    killed.add(task.value());
  }

  @Override
  public void renewLease(Duration remaining) {
    lease = remaining;
  }

  @Override
  public void insist() {
    insisted++;
  }

  @Override
  public Completable close() {
    return Completable.complete();
  }

  @Override
  public Single<LogChunk> read(TaskInstanceId task, long offset, int maxBytes) {
    return Single.just(LogChunk.NOT_FOUND);
  }

  @Override
  public Disposable onGrowth(TaskInstanceId task, Runnable growth) {
    return Disposable.empty();
  }
}

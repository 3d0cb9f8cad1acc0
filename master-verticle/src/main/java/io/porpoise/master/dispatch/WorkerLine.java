package io.porpoise.master.dispatch;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.bus.message.Reconcile;
import io.porpoise.bus.message.Reconcile.SlotEpoch;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Backoff;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one shard says to one worker incarnation, repeated until answered. Nothing but {@code
 * Reconcile} is said about a slot before the worker has answered it for that slot.
 */
final class WorkerLine {
  private static final int BATCH_MAX = 128;

  private final Clock clock;
  private final Bus bus;
  private final MemberId worker;
  private final String ownerAddress;
  private final Duration timeout;
  private final WorkerAnswers listener;
  private final CompositeDisposable requests = new CompositeDisposable();
  private final Map<TaskInstanceId, Dispatch> dispatches = new LinkedHashMap<>();
  private final Map<TaskInstanceId, Kill> kills = new LinkedHashMap<>();
  private final Map<Integer, SlotEpoch> toReconcile = new LinkedHashMap<>();
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3));
  private final BitSet reconciled = new BitSet();
  private Disposable retry = Disposable.disposed();
  private long lapses;
  private boolean isReconciling;
  private boolean isPausing;

  WorkerLine(
      Clock clock,
      Bus bus,
      MemberId worker,
      String ownerAddress,
      Duration timeout,
      WorkerAnswers listener) {
    this.clock = clock;
    this.bus = bus;
    this.worker = worker;
    this.ownerAddress = ownerAddress;
    this.timeout = timeout;
    this.listener = listener;
  }

  /** Whether the worker has answered for all slots that it was to be told of. */
  boolean isReconciled() {
    return toReconcile.isEmpty() && !isReconciling;
  }

  void reconcile(List<SlotEpoch> slots) {
    for (SlotEpoch slot : slots) {
      toReconcile.put(slot.slot(), slot);
      reconciled.clear(slot.slot());
    }
    flush();
  }

  void dispatch(Dispatch dispatch) {
    dispatches.put(dispatch.taskInstance(), dispatch);
  }

  void kill(Kill kill) {
    kills.put(kill.taskInstance(), kill);
  }

  void close() {
    requests.dispose();
    retry.dispose();
    dispatches.clear();
    kills.clear();
  }

  /** Says what there is to say. */
  void flush() {
    if (requests.isDisposed() || isPausing) {
      return;
    }
    if (!toReconcile.isEmpty() && !isReconciling) {
      askInventory();
    }
    for (List<Kill> some = take(kills, Kill::slot); !some.isEmpty(); ) {
      sendKills(some);
      some = take(kills, Kill::slot);
    }
    for (List<Dispatch> some = take(dispatches, Dispatch::slot); !some.isEmpty(); ) {
      sendDispatches(some);
      some = take(dispatches, Dispatch::slot);
    }
  }

  private <T> List<T> take(Map<TaskInstanceId, T> words, Function<T, Integer> slot) {
    List<T> taken = new ArrayList<>();
    Iterator<T> iterator = words.values().iterator();
    while (iterator.hasNext() && taken.size() < BATCH_MAX) {
      T word = iterator.next();
      if (reconciled.get(slot.apply(word))) {
        taken.add(word);
        iterator.remove();
      }
    }
    return taken;
  }

  private void askInventory() {
    List<SlotEpoch> asked = List.copyOf(toReconcile.values());
    toReconcile.clear();
    isReconciling = true;
    bus.request(Addresses.intake(worker), new Reconcile(ownerAddress, asked), timeout)
        .subscribe(
            answer -> {
              isReconciling = false;
              answered();
              asked.forEach(slot -> reconciled.set(slot.slot()));
              Inventory inventory = (Inventory) answer;
              lapses = Math.max(lapses, inventory.lapses());
              listener.inventory(worker, asked, inventory);
              flush();
            },
            failure -> {
              isReconciling = false;
              asked.forEach(slot -> toReconcile.putIfAbsent(slot.slot(), slot));
              retryLater();
            },
            requests);
  }

  private void sendDispatches(List<Dispatch> all) {
    List<Dispatch> wanted = all.stream().filter(listener::isWanted).toList();
    if (wanted.isEmpty()) {
      return;
    }
    request(
        new DispatchBatch(ownerAddress, lapses, wanted),
        answer -> {
          DispatchAnswers answers = (DispatchAnswers) answer;
          lapses = Math.max(lapses, answers.lapses());
          listener.answered(worker, answers);
        },
        () -> wanted.forEach(word -> dispatches.putIfAbsent(word.taskInstance(), word)));
  }

  private void sendKills(List<Kill> all) {
    List<Kill> wanted = all.stream().filter(listener::isWanted).toList();
    if (wanted.isEmpty()) {
      return;
    }
    request(
        new KillBatch(ownerAddress, wanted),
        answer -> listener.answered(worker, (KillAnswers) answer),
        () -> wanted.forEach(word -> kills.putIfAbsent(word.taskInstance(), word)));
  }

  private void request(
      Message words, java.util.function.Consumer<Message> onAnswer, Runnable again) {
    bus.request(Addresses.intake(worker), words, timeout)
        .subscribe(
            answer -> {
              answered();
              onAnswer.accept(answer);
            },
            failure -> {
              again.run(); // whether it arrived is unknown, and saying it twice does no harm
              retryLater();
            },
            requests);
  }

  private void answered() {
    backoff.reset();
  }

  private void retryLater() {
    if (isPausing || requests.isDisposed()) {
      return;
    }
    isPausing = true;
    retry =
        clock.schedule(
            backoff.next(),
            () -> {
              isPausing = false;
              flush();
            });
  }
}

package io.porpoise.api.testing;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.InstanceChanged;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.LookAnswer;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * A master that knows the instances in the store, tells those who watch, and gives one reason for
 * everything.
 */
public final class FakeMaster {
  private static final int SHARDS = 2;

  public final List<Watch> watches = new CopyOnWriteArrayList<>();
  public final BlockingQueue<Look> looks = new LinkedBlockingQueue<>();
  public final Semaphore asked = new Semaphore(0);
  public volatile boolean isSilent;
  public volatile boolean isStranger;
  private final LocalBus bus;
  private final Member self;
  private final MemoryStores stores;
  public final Set<MemberId> readers = ConcurrentHashMap.newKeySet();
  private final Map<WorkflowInstanceId, MemberId> watchers = new ConcurrentHashMap<>();

  FakeMaster(LocalBus bus, Member self, MemoryStores stores) {
    this.bus = bus;
    this.self = self;
    this.stores = stores;
  }

  public void serve() {
    for (int shard = 0; shard < SHARDS; shard++) {
      bus.serve(Addresses.shard(self.id(), shard), this::handle).blockingAwait();
    }
    bus.listen(
            Addresses.HEARTBEAT,
            message -> {
              if (message instanceof FeedWanted wish) {
                readers.add(wish.api());
              }
            })
        .blockingAwait();
  }

  public void stop() {
    for (int shard = 0; shard < SHARDS; shard++) {
      bus.close(Addresses.shard(self.id(), shard)).blockingAwait();
    }
  }

  private Maybe<Message> handle(Message message) {
    asked.release();
    if (isSilent) {
      return Maybe.never();
    }
    if (message instanceof Watch watch) {
      watches.add(watch);
      watchers.put(watch.instance(), watch.api());
      WorkflowInstance instance = stores.instances.get(watch.instance());
      return Maybe.just(new WatchAnswer(true, instance != null && !instance.isFinished()));
    }
    if (message instanceof Explain explain) {
      Reason reason = new Reason("TEST", "because the test says so");
      return Maybe.just(
          new Explanations(
              explain.instances().stream()
                  .map(id -> new Explanations.Explanation(id, reason, List.of()))
                  .toList(),
              List.of()));
    }
    if (message instanceof Look look) {
      looks.add(look);
      return Maybe.just(new LookAnswer(isStranger ? look.instances() : List.of()));
    }
    return Maybe.empty();
  }

  /** Commits and tells, as a shard does. */
  public void commit(WorkflowInstance instance, TaskInstance... tasks) {
    write(instance, tasks);
    MemberId api = watchers.get(instance.id());
    if (api != null) {
      bus.send(Addresses.events(api), new InstanceChanged(instance, List.of(tasks)));
    }
    touch(List.of(instance.id()), false);
  }

  /** Tells those who show lists. */
  public void touch(List<WorkflowInstanceId> ids, boolean isMore) {
    readers.forEach(
        reader -> bus.send(Addresses.events(reader), new InstancesTouched(ids, isMore)));
  }

  /** Commits, and the word of it is lost. */
  public void write(WorkflowInstance instance, TaskInstance... tasks) {
    stores.put(instance);
    for (TaskInstance task : tasks) {
      stores.put(task);
    }
  }
}

package io.porpoise.store.contract;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Journal;
import io.porpoise.store.Projects;
import io.porpoise.store.Retention;
import io.porpoise.store.RunStore;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Users;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Optional;

/**
 * The stores over one database, which has empty tables and slots without owners before every test.
 */
public interface StoreStage {
  SlotStore slots();

  Journal journal();

  RunStore runs();

  IdBlocks ids();

  Retention retention();

  InstanceIntake intake();

  SerialQueue serialQueue();

  TaskGroups taskGroups();

  /** The alerts of an instance, in the order in which they were raised. */
  List<Alert> alerts(WorkflowInstanceId id);

  Users users();

  Projects projects();

  Workflows workflows();

  InstanceQueries queries();

  /** Waits for the end, and throws what it fails with as it is. */
  <T> T await(Single<T> work);

  default <T> Optional<T> await(Maybe<T> work) {
    return await(work.map(Optional::of).defaultIfEmpty(Optional.empty()));
  }

  /** As {@link #await}, when the result does not matter. */
  default void run(Single<?> work) {
    boolean done = await(work.map(result -> true));
    assert done;
  }

  default void run(Completable work) {
    run(work.toSingleDefault(true));
  }
}

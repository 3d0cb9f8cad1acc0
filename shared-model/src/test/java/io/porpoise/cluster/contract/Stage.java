package io.porpoise.cluster.contract;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The world in which a contract suite plays: some nodes, each with one event loop. The real one
 * waits, a simulated one lets its virtual time run.
 */
public interface Stage {
  /** Runs on the node's event loop and gives back what came out. */
  <T> T call(int node, Supplier<T> work);

  /** As {@link #call}, for work without a result. */
  default void run(int node, Runnable work) {
    boolean done =
        call(
            node,
            () -> {
              work.run();
              return true;
            });
    assert done;
  }

  /** Subscribes on the node's event loop, waits for the end, and throws what it fails with. */
  <T> T await(int node, Supplier<Single<T>> work);

  /** Lets time pass until the condition holds; fails with {@code what} when it never does. */
  void until(String what, BooleanSupplier condition);

  /** Whether the caller runs on the event loop of that node. */
  boolean isOnLoop(int node);

  /** As {@link #await}, for work without a result. */
  default void complete(int node, Supplier<Completable> work) {
    boolean done = await(node, () -> work.get().toSingleDefault(true));
    assert done;
  }
}

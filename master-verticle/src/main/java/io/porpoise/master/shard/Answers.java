package io.porpoise.master.shard;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.LookAnswer;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.instance.Reason;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.explain.Explainer;
import io.reactivex.rxjava3.core.Maybe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** What a shard answers to API nodes. */
final class Answers {
  private static final Reason LOADING =
      new Reason(Explanations.LOADING, "its new master is reading it from the database");

  private final Ownership ownership;
  private final Actors actors;
  private final Watchers watchers;
  private final Explainer explainer;
  private final IntConsumer wish;

  Answers(
      Ownership ownership,
      Actors actors,
      Watchers watchers,
      Explainer explainer,
      IntConsumer wish) {
    this.ownership = ownership;
    this.actors = actors;
    this.watchers = watchers;
    this.explainer = explainer;
    this.wish = wish;
  }

  /** What is asked about before it has been read is read before the rest. */
  Maybe<Message> handle(Message question) {
    if (question instanceof Look look) {
      look.instances().forEach(id -> wish.accept(id.slot()));
      return Maybe.just(look(look));
    }
    if (question instanceof Watch watch) {
      wish.accept(watch.instance().slot());
      return Maybe.just(watch(watch));
    }
    if (question instanceof Explain explain) {
      explain.instances().forEach(id -> wish.accept(id.slot()));
      return Maybe.just(explain(explain));
    }
    return Maybe.empty();
  }

  private LookAnswer look(Look look) {
    return new LookAnswer(look.instances().stream().filter(this::isNotMine).toList());
  }

  private boolean isNotMine(WorkflowInstanceId id) {
    return !ownership.owns(id.slot()) || ownership.isLeaving(id.slot());
  }

  private WatchAnswer watch(Watch watch) {
    boolean isMine = ownership.isReady(watch.instance().slot());
    if (isMine) {
      watchers.add(watch); // also before it has been read: it may be about to be
    }
    return new WatchAnswer(isMine, actors.has(watch.instance()));
  }

  private Explanations explain(Explain explain) {
    List<Explanations.Explanation> found = new ArrayList<>();
    List<WorkflowInstanceId> notMine = new ArrayList<>();
    for (WorkflowInstanceId id : explain.instances()) {
      Actor actor = actors.get(id);
      if (isNotMine(id)) {
        notMine.add(id);
      } else if (!ownership.isReady(id.slot())) {
        found.add(new Explanations.Explanation(id, LOADING, List.of()));
      } else if (actor != null) {
        found.add(explainer.explain(actor.run()));
      } else if (actors.isSetAside(id)) {
        found.add(new Explanations.Explanation(id, actors.whySetAside(id), List.of()));
      }
    }
    return new Explanations(found, notMine);
  }
}

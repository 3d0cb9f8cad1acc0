package io.porpoise.master.shard;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.explain.Explainer;
import io.reactivex.rxjava3.core.Maybe;
import java.util.ArrayList;
import java.util.List;

/** What a shard answers to API nodes. */
final class Answers {
  private final Ownership ownership;
  private final Actors actors;
  private final Watchers watchers;
  private final Explainer explainer;

  Answers(Ownership ownership, Actors actors, Watchers watchers, Explainer explainer) {
    this.ownership = ownership;
    this.actors = actors;
    this.watchers = watchers;
    this.explainer = explainer;
  }

  Maybe<Message> handle(Message question) {
    if (question instanceof Watch watch) {
      return Maybe.just(watch(watch));
    }
    return question instanceof Explain explain ? Maybe.just(explain(explain)) : Maybe.empty();
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
    for (WorkflowInstanceId id : explain.instances()) {
      Actor actor = actors.get(id);
      if (actor != null) {
        found.add(explainer.explain(actor.run()));
      } else if (actors.isSetAside(id)) {
        found.add(new Explanations.Explanation(id, actors.whySetAside(id), List.of()));
      }
    }
    return new Explanations(found);
  }
}

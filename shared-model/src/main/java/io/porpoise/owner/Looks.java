package io.porpoise.owner;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.LookAnswer;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells owners that there are new rows, those of one round of the event loop together. Whoever
 * turns out not to be the owner, or does not answer, makes it look again who is. A hint in the end:
 * the owners' sweep finds the rows as well. For one event loop.
 */
public final class Looks {
  private static final Logger log = LoggerFactory.getLogger(Looks.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration AGAIN_FIRST = Duration.ofMillis(50);
  private static final int TRIES_MAX = 6;
  private static final int IDS_PER_MESSAGE_MAX = 500;
  private static final int WAITING_MAX = 50_000;

  private final Bus bus;
  private final SlotAddresses owners;
  private final Clock clock;
  private final CompositeDisposable work = new CompositeDisposable();
  private final List<List<WorkflowInstanceId>> waiting = new ArrayList<>();
  private int waitingCount;

  public Looks(Bus bus, SlotAddresses owners, Clock clock) {
    this.bus = bus;
    this.owners = owners;
    this.clock = clock;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      waiting.add(new ArrayList<>());
    }
  }

  public void at(WorkflowInstanceId id) {
    later(List.of(id), 0);
  }

  public void stop() {
    work.dispose();
  }

  private void later(Collection<WorkflowInstanceId> ids, int tries) {
    if (tries == TRIES_MAX || waitingCount + ids.size() > WAITING_MAX) {
      return;
    }
    List<WorkflowInstanceId> gathering = waiting.get(tries);
    if (gathering.isEmpty()) {
      Duration pause = tries == 0 ? Duration.ZERO : AGAIN_FIRST.multipliedBy(1L << (tries - 1));
      clock.schedule(pause, () -> tell(tries), work);
    }
    gathering.addAll(ids);
    waitingCount += ids.size();
  }

  private void tell(int tries) {
    List<WorkflowInstanceId> ids = List.copyOf(waiting.get(tries));
    waiting.get(tries).clear();
    waitingCount -= ids.size();
    Map<String, List<WorkflowInstanceId>> byAddress = new TreeMap<>();
    List<WorkflowInstanceId> ownerless = new ArrayList<>();
    for (WorkflowInstanceId id : ids) {
      owners
          .addressOf(id.slot())
          .map(address -> byAddress.computeIfAbsent(address, a -> new ArrayList<>()))
          .orElse(ownerless)
          .add(id);
    }
    byAddress.forEach(
        (address, all) -> {
          for (int from = 0; from < all.size(); from += IDS_PER_MESSAGE_MAX) {
            int to = Math.min(all.size(), from + IDS_PER_MESSAGE_MAX);
            tell(address, List.copyOf(all.subList(from, to)), tries);
          }
        });
    again(ownerless, tries);
  }

  private void tell(String address, List<WorkflowInstanceId> ids, int tries) {
    bus.request(address, new Look(ids), TIMEOUT)
        .cast(LookAnswer.class)
        .subscribe(
            answer -> again(answer.notMine(), tries),
            error -> {
              log.atDebug().addKeyValue("address", address).log("no look: {}", error.getMessage());
              again(ids, tries);
            },
            work);
  }

  private void again(List<WorkflowInstanceId> ids, int tries) {
    if (!ids.isEmpty()) {
      owners.refresh();
      later(ids, tries + 1);
    }
  }
}

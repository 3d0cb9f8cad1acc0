package io.porpoise.worker.report;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.time.Clock;
import io.porpoise.worker.owner.SlotOwners;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outboxes of all owners. */
public final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** A short task ends within this time, and is then reported once instead of twice. */
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final int REPORTS_PER_REQUEST_MAX = 500;
  private static final long OUTPUT_CHARS_PER_REQUEST_MAX = 1024 * 1024;

  private final MemberId self;
  private final Clock clock;
  private final Bus bus;
  private final SlotOwners owners;
  private final PictureSource pictures;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Map<String, Outbox> outboxes = new TreeMap<>();
  private final Map<TaskInstanceId, Integer> slots = new HashMap<>();

  public Reports(MemberId self, Clock clock, Bus bus, SlotOwners owners, PictureSource pictures) {
    this.self = self;
    this.clock = clock;
    this.bus = bus;
    this.owners = owners;
    this.pictures = pictures;
  }

  /**
   * Tells the owner of the slot how the attempt stands, as soon as may be.
   *
   * @param hasEnded ends leave at once
   */
  public void changed(TaskInstanceId id, int slot, boolean hasEnded) {
    slots.put(id, slot);
    String address = owners.addressOf(slot);
    if (address == null) {
      return; // whoever owns the slot will ask
    }
    Outbox outbox = outboxes.computeIfAbsent(address, Outbox::new);
    outbox.waiting.add(id);
    outbox.urgent |= hasEnded;
    if (hasEnded) {
      send(outbox);
    } else if (outbox.gathering.isDisposed()) {
      outbox.gathering = clock.schedule(GATHER, () -> gathered(outbox));
    }
  }

  private void gathered(Outbox outbox) {
    outbox.gathering.dispose();
    outbox.gathering = Disposable.disposed();
    send(outbox);
  }

  /** The attempt is of no more interest. */
  public void forget(TaskInstanceId id) {
    slots.remove(id);
    outboxes.values().forEach(outbox -> outbox.forget(id));
  }

  /** Some slots have a new owner: what waits for them goes there now. */
  public void redirected() {
    List<TaskInstanceId> moved = new ArrayList<>();
    for (Outbox outbox : outboxes.values()) {
      takeForeign(outbox, outbox.waiting, moved);
      takeForeign(outbox, outbox.deferred, moved);
    }
    moved.forEach(id -> changed(id, slots.get(id), true));
    outboxes.values().removeIf(Outbox::isIdle);
  }

  private void takeForeign(Outbox outbox, Set<TaskInstanceId> from, List<TaskInstanceId> to) {
    for (Iterator<TaskInstanceId> each = from.iterator(); each.hasNext(); ) {
      TaskInstanceId id = each.next();
      if (!outbox.address.equals(owners.addressOf(slots.get(id)))) {
        each.remove();
        to.add(id);
      }
    }
  }

  /** Whether every owner has acknowledged everything. */
  public boolean isSettled() {
    return outboxes.values().stream().allMatch(Outbox::isSettled);
  }

  public void close() {
    outboxes.values().forEach(Outbox::close);
    running.dispose();
  }

  private void send(Outbox outbox) {
    if (!outbox.mayLeave()) {
      return;
    }
    List<AttemptReport> batch = take(outbox);
    outbox.urgent = !outbox.waiting.isEmpty();
    if (batch.isEmpty()) {
      return;
    }
    boolean withEnds = batch.stream().anyMatch(report -> report.phase().isEnd());
    outbox.left(withEnds);
    bus.request(outbox.address, new ReportBatch(self, batch), TIMEOUT)
        .subscribe(
            answer -> {
              outbox.returned(withEnds);
              answered(outbox, batch, answer);
            },
            error -> {
              outbox.returned(withEnds);
              unanswered(outbox, batch, error);
            },
            running);
  }

  private List<AttemptReport> take(Outbox outbox) {
    List<AttemptReport> batch = new ArrayList<>();
    long outputChars = 0;
    Iterator<TaskInstanceId> each = outbox.waiting.iterator();
    while (each.hasNext()
        && batch.size() < REPORTS_PER_REQUEST_MAX
        && outputChars < OUTPUT_CHARS_PER_REQUEST_MAX) {
      AttemptReport picture = pictures.picture(each.next());
      each.remove();
      if (picture != null) {
        batch.add(picture);
        outputChars += picture.outputs().values().stream().mapToLong(String::length).sum();
      }
    }
    return batch;
  }

  private void answered(Outbox outbox, List<AttemptReport> batch, Message answer) {
    if (!(answer instanceof ReportAnswers answers)) {
      unanswered(outbox, batch, new IllegalStateException("answered with " + answer));
      return;
    }
    Set<TaskInstanceId> acknowledged = Set.copyOf(answers.acknowledged());
    Set<TaskInstanceId> unwanted = Set.copyOf(answers.unwanted());
    for (AttemptReport report : batch) {
      TaskInstanceId id = report.taskInstance();
      // The word of a former owner says nothing about what its successor wants to hear.
      boolean byOwner = outbox.address.equals(owners.addressOf(report.slot()));
      if (byOwner && acknowledged.contains(id)) {
        if (report.phase().isEnd() && slots.containsKey(id)) {
          pictures.acknowledged(id);
        }
      } else if (byOwner && unwanted.contains(id)) {
        pictures.unwanted(id);
      } else if (slots.containsKey(id) && !outbox.waiting.contains(id)) {
        outbox.deferred.add(id);
      }
    }
    if (outbox.deferred.isEmpty()) {
      outbox.answered();
    } else {
      pause(outbox);
    }
    redirected();
    send(outbox);
  }

  private void unanswered(Outbox outbox, List<AttemptReport> batch, Throwable error) {
    log.atDebug()
        .addKeyValue("owner", outbox.address)
        .log("Reports not answered: {}", error.getMessage());
    outbox.silent = true;
    batch.stream()
        .map(AttemptReport::taskInstance)
        .filter(slots::containsKey)
        .forEach(outbox.waiting::add);
    outbox.urgent = true;
    pause(outbox);
    redirected();
  }

  private void pause(Outbox outbox) {
    if (!outbox.pause.isDisposed()) {
      return;
    }
    outbox.pause =
        clock.schedule(
            Duration.ofMillis(outbox.nextPauseMillis()),
            () -> {
              outbox.pauseIsOver();
              send(outbox);
            });
  }
}

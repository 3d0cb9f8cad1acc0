package io.porpoise.master.report;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.master.engine.WorkflowEvent;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns reports into events, and answers when they are durable. */
public final class ReportIntake {
  /** What the shard knows of the attempt that a report is about. */
  public enum Standing {
    /** The instance is not in memory here, or not yet. */
    NOT_MINE,
    /** It is the valid attempt of its task, and with that worker. */
    CURRENT,
    /** Another attempt has its place, its instance has ended, or it is elsewhere. */
    OBSOLETE
  }

  /** The instances, as far as reports need them. */
  public interface Attempts {
    /** Whether so much waits for the database that nothing more is taken. */
    boolean isFull();

    Standing standing(AttemptReport report, NodeId worker);

    /** Applies the event; calls one of the two back when it is durable, or never will be. */
    void post(AttemptReport report, WorkflowEvent event, Runnable onDurable, Runnable onDropped);

    /** Calls back when all that is known of the report's instance at present is durable. */
    void whenDurable(AttemptReport report, Runnable onDurable, Runnable onDropped);
  }

  private final Clock clock;
  private final Attempts attempts;

  public ReportIntake(Clock clock, Attempts attempts) {
    this.clock = clock;
    this.attempts = attempts;
  }

  public Maybe<Message> handle(ReportBatch batch) {
    if (attempts.isFull()) {
      return Maybe.just(ReportAnswers.NOTHING_DECIDED); // workers keep them, and ask again
    }
    Answer answer = new Answer(batch.reports().size());
    for (AttemptReport report : batch.reports()) {
      TaskInstanceId task = report.taskInstance();
      Runnable notMine = () -> answer.add(answer.notMine, task);
      switch (attempts.standing(report, batch.worker().node())) {
        case NOT_MINE -> notMine.run();
        case OBSOLETE ->
            attempts.whenDurable(
                report,
                () ->
                    answer.add(
                        report.phase().isEnd() ? answer.acknowledged : answer.unwanted, task),
                notMine);
        case CURRENT -> current(report, batch.worker().node(), answer, notMine);
      }
    }
    return answer.reply;
  }

  private void current(AttemptReport report, NodeId worker, Answer answer, Runnable notMine) {
    Runnable acknowledge = () -> answer.add(answer.acknowledged, report.taskInstance());
    TaskEvent event = event(report, worker);
    if (event == null) {
      acknowledge.run();
    } else {
      attempts.post(
          report,
          new WorkflowEvent.OfTask(report.taskInstance(), event, worker.value()),
          acknowledge,
          notMine);
    }
  }

  /**
   * The event that a report stands for, or null: ACCEPTED tells nothing that the answer to the
   * dispatch did not.
   */
  public TaskEvent event(AttemptReport report, NodeId worker) {
    Instant started = clock.now().minus(Duration.ofMillis(report.startedMillisAgo()));
    return switch (report.phase()) {
      case ACCEPTED -> null;
      case RUNNING -> new TaskEvent.Started(worker, started);
      case SUCCEEDED -> new TaskEvent.Succeeded(worker, started, report.outputs());
      case FAILED -> new TaskEvent.Failed(worker, started, report.exitCode(), report.reason());
      case KILLED -> new TaskEvent.Killed(worker);
      case LOST ->
          new TaskEvent.Lost(
              worker,
              report.reason() != null
                  ? report.reason()
                  : new Reason("PROCESS_LOST", "its process vanished from worker " + worker));
    };
  }

  /** Gathers what is said to each report and replies when all have been answered. */
  private static final class Answer {
    final List<TaskInstanceId> acknowledged = new ArrayList<>();
    final List<TaskInstanceId> notMine = new ArrayList<>();
    final List<TaskInstanceId> unwanted = new ArrayList<>();
    final MaybeSubject<Message> reply = MaybeSubject.create();
    private int missing;

    Answer(int reports) {
      missing = reports;
      if (missing == 0) {
        done();
      }
    }

    void add(List<TaskInstanceId> list, TaskInstanceId task) {
      list.add(task);
      if (--missing == 0) {
        done();
      }
    }

    private void done() {
      reply.onSuccess(
          new ReportAnswers(
              List.copyOf(acknowledged), List.copyOf(notMine), List.copyOf(unwanted)));
    }
  }
}

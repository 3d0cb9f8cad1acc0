package io.porpoise.worker;

import static io.porpoise.worker.Dispatches.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.AttemptReport;
import io.porpoise.bus.message.AttemptReport.Phase;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.KillBatch;
import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.node.config.Config;
import io.porpoise.node.config.WorkerConfig;
import io.porpoise.node.config.WorkerConfig.StopMode;
import io.reactivex.rxjava3.core.Maybe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker with real processes and files; only its owner and the registry are played. */
@Timeout(120)
class WorkerTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path data;
  private final TestBus bus = new TestBus();
  private final BlockingQueue<AttemptReport> reports = new LinkedBlockingQueue<>();
  private TestLoop loop = new TestLoop();
  private long incarnation;
  private Worker worker;

  @AfterEach
  void stop() {
    if (worker != null) {
      Worker last = worker;
      loop.run(last::stop);
    }
    loop.close();
  }

  @Test
  void a_shell_task_runs_and_its_outputs_reach_its_owner() {
    begin(StopMode.KILL);

    dispatch(
        Dispatches.shell(
            1,
            "echo working\necho '${setValue(rows=4'\"2)}\"\necho '#{setValue(other=1)}'",
            "rows"));

    AttemptReport end = awaitEnd(1);
    assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(end.exitCode()).isZero();
    assertThat(end.outputs()).isEqualTo(Map.of("rows", "42"));
  }

  @Test
  void values_with_quotes_and_lines_reach_the_process_unchanged() {
    begin(StopMode.KILL);
    String value = "it's \"$HOME\" `x` \\ \n second line";

    Dispatch plain = Dispatches.shell(1, "printf %s \"$GIVEN\"; printf %s \"${BAD-unset}\"");
    dispatch(
        new Dispatch(
            plain.taskInstance(),
            plain.workflowInstance(),
            1,
            1,
            "SHELL",
            plain.name(),
            plain.taskParams(),
            Map.of(),
            List.of(),
            Map.of("GIVEN", value, "not a name", "x", "UID", "7")));

    assertThat(awaitEnd(1).phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(logOf(1)).isEqualTo(value + "unset");
  }

  @Test
  void an_output_that_is_too_large_fails_the_task_with_the_reason() {
    begin(StopMode.KILL);

    dispatch(
        Dispatches.shell(
            1, "echo \"\\${setValue(rows=$(head -c 70000 /dev/zero | tr '\\0' x))}\"", "rows"));

    AttemptReport end = awaitEnd(1);
    assertThat(end.phase()).isEqualTo(Phase.FAILED);
    assertThat(end.reason().code()).isEqualTo("OUTPUT_TOO_LARGE");
    assertThat(end.reason().text()).contains("rows").contains("65536");
  }

  @Test
  void outputs_are_found_over_lines_braces_and_a_restart_of_the_worker() throws IOException {
    begin(StopMode.LEAVE);
    Path go = data.resolve("go");
    String script =
        "echo '${setValue(early=1)}'; printf '#{setValue(lines=a\\n} ) {b}\\n'; echo mark\n"
            + "until [ -e "
            + go
            + " ]; do sleep 0.02; done\n"
            + "echo 'c=d)} rest'; echo \"#{setValue(early=$((1 + 1)))}\"; echo '${setValue(open=x'";
    dispatch(Dispatches.shell(1, script, "early", "lines", "open"));
    assertThat(logOf(1, "mark\n")).endsWith("mark\n");
    Worker former = worker;
    loop.run(former::stop);
    loop.close();

    loop = new TestLoop();
    begin(StopMode.KILL);
    Files.createFile(go);

    AttemptReport end = awaitEnd(1);
    assertThat(end.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(end.outputs()).isEqualTo(Map.of("early", "2", "lines", "a\n} ) {b}\nmark\nc=d"));
  }

  @Test
  void a_log_is_followed_while_it_grows_and_read_again_after_its_release() throws IOException {
    begin(StopMode.KILL);
    Path go = data.resolve("go");
    dispatch(
        Dispatches.shell(
            1, "echo first; until [ -e " + go + " ]; do sleep 0.02; done; echo second"));

    LogChunk first = read(1, 0, 20_000);
    assertThat(text(first)).isEqualTo("first\n");
    assertThat(first.complete()).isFalse();
    Files.createFile(go);
    LogChunk second = read(1, 6, 20_000);
    assertThat(text(second)).isEqualTo("second\n");

    awaitEnd(1);
    LogChunk all = read(1, 0, 20_000);
    assertThat(text(all)).isEqualTo("first\nsecond\n");
    assertThat(all.complete()).isTrue();
  }

  @Test
  void a_killed_task_is_reported_when_it_is_dead() {
    begin(StopMode.KILL);
    dispatch(Dispatches.shell(1, "trap '' TERM; echo up; while :; do sleep 0.1; done"));
    assertThat(text(read(1, 0, 20_000))).isEqualTo("up\n");

    ask(
        new KillBatch(
            OWNER,
            List.of(new KillBatch.Kill(new TaskInstanceId(1), new WorkflowInstanceId(7), 1, 200))));

    assertThat(awaitEnd(1).phase()).isEqualTo(Phase.KILLED);
  }

  @Test
  void a_restarted_worker_takes_over_what_runs() throws IOException {
    begin(StopMode.LEAVE);
    Path go = data.resolve("go");
    dispatch(
        Dispatches.shell(1, "echo before; until [ -e " + go + " ]; do sleep 0.02; done; exit 9"));
    assertThat(text(read(1, 0, 20_000))).isEqualTo("before\n");
    Worker former = worker;
    loop.run(former::stop);
    loop.close();

    loop = new TestLoop();
    begin(StopMode.KILL);
    Files.createFile(go);

    AttemptReport end = awaitEnd(1);
    assertThat(end.phase()).isEqualTo(Phase.FAILED);
    assertThat(end.exitCode()).isEqualTo(9);
  }

  @Test
  void the_end_of_a_task_that_ended_while_nobody_was_there_is_reported_later() throws Exception {
    begin(StopMode.LEAVE);
    dispatch(Dispatches.shell(1, "sleep 0.5; exit 4"));
    Worker former = worker;
    loop.run(former::stop);
    loop.close();
    Path attempt = data.resolve("attempts/1/attempt");
    while (!Files.readString(attempt).contains("\nexited")) {
      TimeUnit.MILLISECONDS.sleep(10);
    }

    loop = new TestLoop();
    begin(StopMode.KILL);

    assertThat(awaitEnd(1).exitCode()).isEqualTo(4);
  }

  private void begin(StopMode stopMode) {
    WorkerConfig defaults = Config.defaults().worker();
    WorkerConfig config =
        new WorkerConfig(
            defaults.groups(),
            defaults.data(),
            defaults.maxRunning(),
            1,
            1,
            1,
            defaults.killGrace(),
            stopMode,
            defaults.stopWait(),
            defaults.spoolTtl(),
            defaults.refusalMemory(),
            defaults.shell());
    incarnation++;
    Member self =
        new Member(id(), "localhost", 0, "test", Instant.now(), 0, List.of("default"), "");
    loop.run(() -> bus.serve(OWNER, this::acknowledge));
    try {
      worker =
          Worker.open(
              loop, loop, bus, new TestRegistry(), self, config, data, Duration.ofSeconds(6));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    loop.run(worker::start);
  }

  private MemberId id() {
    return new MemberId(Role.WORKER, new NodeId("w1"), incarnation);
  }

  private Maybe<Message> acknowledge(Message message) {
    if (message instanceof LeaseRequest request) {
      return Maybe.just(new LeaseGrants(List.of(new LeaseGrants.Grant(20_000, request.slots()))));
    }
    List<AttemptReport> batch = ((ReportBatch) message).reports();
    reports.addAll(batch);
    return Maybe.just(
        new ReportAnswers(
            batch.stream().map(AttemptReport::taskInstance).toList(), List.of(), List.of()));
  }

  private Message ask(Message message) {
    return loop.get(
        () -> bus.request(Addresses.intake(id()), message, Duration.ofSeconds(PATIENCE_SECONDS)));
  }

  private void dispatch(Dispatch dispatch) {
    DispatchAnswers answers = (DispatchAnswers) ask(new DispatchBatch(OWNER, 0, List.of(dispatch)));
    assertThat(answers.answers().get(0).outcome()).isEqualTo(DispatchAnswers.Outcome.ACCEPTED);
  }

  private AttemptReport awaitEnd(long task) {
    try {
      while (true) {
        AttemptReport report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(report).as("a report of the end of " + task).isNotNull();
        if (report.taskInstance().value() == task && report.phase().isEnd()) {
          return report;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private LogChunk read(long task, long offset, long waitMillis) {
    LogRead read = new LogRead(new TaskInstanceId(task), offset, 1_000_000, waitMillis);
    return (LogChunk)
        loop.get(
            () -> bus.request(Addresses.logs(id()), read, Duration.ofSeconds(PATIENCE_SECONDS)));
  }

  /** The log as soon as it ends so. */
  private String logOf(long task, String end) {
    String log = "";
    while (!log.endsWith(end)) {
      log += text(read(task, log.length(), 1_000));
    }
    return log;
  }

  private String logOf(long task) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    LogChunk chunk;
    do {
      chunk = read(task, all.size(), 1_000);
      all.writeBytes(chunk.bytes());
    } while (!chunk.complete() || all.size() < chunk.size());
    return all.toString(StandardCharsets.UTF_8);
  }

  private static String text(LogChunk chunk) {
    return new String(chunk.bytes(), StandardCharsets.UTF_8);
  }
}

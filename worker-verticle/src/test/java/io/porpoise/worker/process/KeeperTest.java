package io.porpoise.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.TaskInstanceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KeeperTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  @TempDir Path data;
  private KeeperWorld world;

  @BeforeEach
  void begin() {
    world = new KeeperWorld(data);
    assertThat(world.begin()).isEmpty();
    world.renewLease(Duration.ofMinutes(2));
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void a_script_runs_and_its_exit_status_and_output_are_kept() {
    world.start(1, "echo to stdout; echo to stderr >&2; exit 3");

    ProcessEvent.Exited exited = world.awaitExit(1);

    assertThat(exited.exitCode()).isEqualTo(3);
    assertThat(exited.killed()).isFalse();
    assertThat(world.log(1)).isEqualTo("to stdout\nto stderr\n");
    world.await(1, ProcessEvent.Started.class);
  }

  @Test
  void a_script_sees_a_clean_environment_an_empty_input_and_no_foreign_files() {
    world.start(
        1, "env | cut -d= -f1 | sort | tr '\\n' ' '; echo; wc -c; " + "ls -m /proc/$$/fd; pwd");

    world.awaitExit(1);

    List<String> lines = world.log(1).lines().toList();
    assertThat(lines.get(0).split(" "))
        .isSubsetOf(
            "HOME",
            "LANG",
            "LOGNAME",
            "OLDPWD",
            "PATH",
            "PORPOISE_ATTEMPT",
            "PORPOISE_TASK_INSTANCE_ID",
            "PORPOISE_TASK_NAME",
            "PORPOISE_TASK_TYPE",
            "PORPOISE_WORKFLOW_INSTANCE_ID",
            "PWD",
            "SHELL",
            "SHLVL",
            "TMPDIR",
            "USER",
            "_");
    assertThat(lines.get(1)).isEqualTo("0");
    assertThat(lines.get(2)).isEqualTo("0, 1, 2, 255");
    assertThat(lines.get(3)).endsWith("/attempts/1/work");
  }

  @Test
  void a_command_that_does_not_exist_and_a_signal_are_told_by_the_exit_code() {
    world.start(1, "no-such-command-here");
    world.start(2, "kill -SEGV $$");
    world.start(3, "kill -INT $$");

    assertThat(world.awaitExit(1).exitCode()).isEqualTo(127);
    assertThat(world.awaitExit(2).exitCode()).isEqualTo(139);
    assertThat(world.awaitExit(3).exitCode()).isEqualTo(130);
  }

  @Test
  void a_kill_ends_the_whole_tree_with_setsid_daemons_and_those_who_ignore_TERM() {
    world.start(
        1,
        """
        trap '' TERM
        setsid sleep 1001 &
        (setsid bash -c 'trap "" TERM; sleep 1002 & exec -a hidden bash -c "sleep 1003; :"' &)
        bash -c 'set -m; (trap "" TERM; while :; do sleep 0.05; done) & disown; exec sleep 1004' &
        (sleep 1005 & sleep 1006 &)
        sleep 0.3
        echo ready
        wait
        sleep 1007
        """);
    world.awaitLog(1, "ready");
    assertThat(world.survivors()).hasSizeGreaterThan(7);

    world.kill(1, GRACE);

    assertThat(world.awaitExit(1).killed()).isTrue();
    assertThat(world.survivors()).isEmpty();
  }

  @Test
  void a_kill_leaves_time_to_clean_up() {
    world.start(1, "trap 'echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.02; done");
    world.awaitLog(1, "ready");

    world.kill(1, Duration.ofSeconds(30));

    ProcessEvent.Exited exited = world.awaitExit(1);
    assertThat(exited.exitCode()).isEqualTo(7);
    assertThat(exited.killed()).isTrue();
    assertThat(world.log(1)).endsWith("cleaned\n");
  }

  @Test
  void a_process_that_forks_all_the_time_is_killed_nevertheless() {
    world.start(
        1,
        """
        trap '' TERM
        storm() { for i in {1..400}; do (trap '' TERM; sleep 0.2; sleep 1000) & done; }
        storm &
        setsid bash -c 'trap "" TERM; while :; do setsid sleep 5 & sleep 0.02; done' &
        echo ready
        wait
        """);
    world.awaitLog(1, "ready");

    world.kill(1, Duration.ofMillis(100));

    assertThat(world.awaitExit(1).killed()).isTrue();
    assertThat(world.survivors()).isEmpty();
  }

  @Test
  void what_a_script_leaves_behind_in_its_group_is_killed_when_it_ends() {
    world.start(1, "sleep 1000 & (sleep 1000 &) ; exit 5");

    ProcessEvent.Exited exited = world.awaitExit(1);

    assertThat(exited.exitCode()).isEqualTo(5);
    assertThat(exited.killed()).isFalse();
    assertThat(world.survivors()).isEmpty();
  }

  @Test
  void a_kill_that_takes_its_time_holds_up_nothing_else() {
    world.start(1, "trap '' TERM; echo ready; while :; do sleep 0.1; done");
    world.awaitLog(1, "ready");

    world.kill(1, Duration.ofSeconds(20));
    long began = System.nanoTime();
    world.start(2, "exit 0");

    assertThat(world.awaitExit(2).exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void many_are_killed_together() {
    for (int i = 1; i <= 60; i++) {
      world.start(i, "setsid sleep 1000 & sleep 1000");
    }
    for (int i = 1; i <= 60; i++) {
      world.await(i, ProcessEvent.Started.class);
    }

    for (int i = 1; i <= 60; i++) {
      world.kill(i, GRACE);
    }

    for (int i = 1; i <= 60; i++) {
      assertThat(world.awaitExit(i).killed()).isTrue();
    }
    assertThat(world.survivors()).isEmpty();
  }

  @Test
  void a_later_life_takes_over_what_runs_and_hears_its_end() throws Exception {
    Path go = data.resolve("go");
    world.start(1, "until [ -e " + go + " ]; do sleep 0.05; done; exit 4");
    world.start(2, "exit 6");
    world.await(1, ProcessEvent.Started.class);
    world.awaitExit(2);
    KeeperId keeper = world.keeper();
    world.die();

    world = new KeeperWorld(data);
    List<ProcessEvent> found = world.begin();

    assertThat(world.keeper()).isEqualTo(keeper);
    assertThat(found).hasSize(2);
    assertThat(found.get(0)).isInstanceOf(ProcessEvent.Started.class);
    assertThat(found.get(1))
        .isInstanceOfSatisfying(
            ProcessEvent.Exited.class, exited -> assertThat(exited.exitCode()).isEqualTo(6));
    Files.createFile(go);
    assertThat(world.awaitExit(1).exitCode()).isEqualTo(4);
  }

  @Test
  void everything_is_killed_when_nobody_renews_the_lease() {
    world.start(1, "setsid sleep 1000 & sleep 1000");
    world.await(1, ProcessEvent.Started.class);

    world.renewLease(Duration.ofMillis(500));

    assertThat(world.awaitExit(1).killed()).isTrue();
    assertThat(world.survivors()).isEmpty();
    world.start(2, "exit 0");
    assertThat(world.awaitExit(2).exitCode()).isZero();
  }

  @Test
  void a_start_that_comes_after_its_own_lease_starts_nothing() {
    world.start(1, "sleep 1000");
    world.await(1, ProcessEvent.Started.class);

    world.start(2, "echo must not run", Duration.ofMillis(-20)); // the keeper's clock ticks in 10

    world.await(2, ProcessEvent.Vanished.class);
    assertThat(world.log(2)).isEmpty();
    world.kill(1, GRACE);
    assertThat(world.awaitExit(1).killed()).isTrue();
  }

  @Test
  void a_frozen_keeper_starts_nothing_that_came_while_it_was_frozen_for_longer_than_its_lease()
      throws Exception {
    world.start(1, "sleep 1000");
    world.await(1, ProcessEvent.Started.class);
    signal("STOP");
    world.start(2, "echo must not run", Duration.ofMillis(500));
    TimeUnit.MILLISECONDS.sleep(800); // the time that must pass is what the test is about

    signal("CONT");

    world.await(2, ProcessEvent.Vanished.class);
    assertThat(world.log(2)).isEmpty();
  }

  @Test
  void what_runs_goes_on_no_longer_than_the_shortest_lease_that_was_brought() {
    world.start(1, "sleep 1000");
    world.await(1, ProcessEvent.Started.class);

    world.start(2, "sleep 1000", Duration.ofSeconds(1));

    assertThat(world.awaitExit(1).killed()).isTrue();
    assertThat(world.awaitExit(2).killed()).isTrue();
    assertThat(world.survivors()).isEmpty();
  }

  @Test
  void a_frozen_keeper_is_replaced_when_what_it_runs_must_end() throws Exception {
    world.start(1, "setsid sleep 1000 & sleep 1000");
    world.await(1, ProcessEvent.Started.class);
    KeeperId frozen = world.keeper();
    signal("STOP");

    world.kill(1, GRACE);
    while (frozen.isAlive()) {
      world.insist();
      TimeUnit.MILLISECONDS.sleep(100); // as a worker does from time to time
    }
    world.renewLease(Duration.ofMinutes(1));

    world.await(1, ProcessEvent.Vanished.class);
    assertThat(world.survivors()).isEmpty();
  }

  private void signal(String signal) throws Exception {
    String pid = Long.toString(world.keeper().pid());
    assertThat(new ProcessBuilder("kill", "-s", signal, pid).start().waitFor()).isZero();
  }

  @Test
  void the_lease_ends_for_a_dead_worker_too() throws Exception {
    world.start(1, "sleep 1000");
    world.await(1, ProcessEvent.Started.class);
    world.renewLease(Duration.ofMillis(700));
    TimeUnit.MILLISECONDS.sleep(200); // the lease must have been heard before the death
    world.die();

    world = new KeeperWorld(data);
    ProcessEvent found = waitForEnd();

    assertThat(found)
        .isInstanceOfSatisfying(
            ProcessEvent.Exited.class, exited -> assertThat(exited.killed()).isTrue());
    assertThat(world.survivors()).isEmpty();
  }

  private ProcessEvent waitForEnd() {
    ProcessEvent found = world.begin().get(0);
    return found instanceof ProcessEvent.Started ? world.awaitExit(1) : found;
  }

  @Test
  void a_killed_keeper_is_replaced_and_its_attempts_are_killed_and_vanish() {
    world.start(1, "setsid sleep 1000 & sleep 1000");
    world.await(1, ProcessEvent.Started.class);
    KeeperId former = world.keeper();

    ProcessHandle.of(former.pid()).orElseThrow().destroyForcibly();
    while (former.isAlive()) {
      Thread.onSpinWait();
    }
    world.renewLease(Duration.ofMinutes(1));

    world.await(1, ProcessEvent.Vanished.class);
    assertThat(world.survivors()).isEmpty();
    world.renewLease(Duration.ofMinutes(1));
    world.start(2, "exit 0");
    assertThat(world.awaitExit(2).exitCode()).isZero();
  }

  @Test
  void an_attempt_that_was_never_started_will_never_be() {
    world.loop.get(
        () -> world.spool.create(io.porpoise.worker.Dispatches.attempt(1, "echo must not run")));
    world.die();

    world = new KeeperWorld(data);

    assertThat(world.begin())
        .singleElement()
        .isInstanceOfSatisfying(
            ProcessEvent.Vanished.class,
            vanished -> assertThat(vanished.id()).isEqualTo(new TaskInstanceId(1)));
  }

  @Test
  void the_keeper_ends_when_it_is_not_needed() {
    KeeperId keeper = world.keeper();
    world.start(1, "exit 0");
    world.awaitExit(1);

    world.loop.run(world.processes::close);

    while (keeper.isAlive()) {
      Thread.onSpinWait();
    }
  }
}

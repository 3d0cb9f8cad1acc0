package io.porpoise.worker.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.parameter.SetValueScanner;
import io.porpoise.worker.ManualClock;
import io.porpoise.worker.TestLoop;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingOutputsTest {
  private static final List<String> NAMES = List.of("a", "b");

  @TempDir Path data;
  private final TestLoop loop = new TestLoop();
  private final Offload files = new Offload("test-files", 1, loop);
  private final ManualClock clock = new ManualClock();
  private final Map<TaskInstanceId, Runnable> listeners = new HashMap<>();
  private AttemptDirectories directories;
  private GrowingOutputs outputs;

  @BeforeEach
  void open() {
    directories = AttemptDirectories.open(data);
    outputs =
        new GrowingOutputs(
            directories,
            clock,
            files,
            (id, listener) -> {
              listeners.put(id, listener);
              return Disposable.fromRunnable(() -> listeners.remove(id, listener));
            });
  }

  @AfterEach
  void close() {
    files.close();
    loop.close();
  }

  private static TaskInstanceId id(long id) {
    return new TaskInstanceId(id);
  }

  private Path log(long id) {
    return directories.of(id(id)).resolve("log");
  }

  private void print(long id, String text) throws IOException {
    Files.createDirectories(directories.of(id(id)));
    Files.writeString(log(id), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void follow(long id) {
    loop.call(
        () -> {
          outputs.follow(id(id), NAMES);
          return true;
        });
    settle();
  }

  /** What was to be read until now has been, and the loop has heard of it. */
  private void settle() {
    loop.get(() -> files.call(() -> true));
  }

  private void grows(long id) {
    loop.call(
        () -> {
          clock.pass(Duration.ofSeconds(1));
          listeners.get(id(id)).run();
          return true;
        });
    settle();
  }

  private Outputs end(long id) {
    return loop.get(() -> outputs.outputs(id(id), NAMES));
  }

  /** As nothing could see that what was read is not read again. */
  private void spoil(long id, int bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log(id).toFile(), "rw")) {
      file.write("-".repeat(bytes).getBytes(UTF_8));
    }
  }

  @Test
  void a_log_is_read_as_it_grows_and_each_byte_once() throws IOException {
    print(1, "x ${setValue(a=1)} ${setValue(b=be");
    follow(1);
    spoil(1, 20);
    print(1, "gun)}");
    grows(1);
    spoil(1, 30);
    print(1, "#{setValue(a=2)}");

    assertThat(end(1)).isEqualTo(new Outputs(Map.of("a", "2", "b", "begun"), null));
  }

  @Test
  void a_log_that_nobody_followed_is_read_at_the_end() throws IOException {
    print(1, "#{setValue(a=1)}".repeat(100_000));

    assertThat(end(1).values()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void a_value_above_the_limit_is_a_failure_however_it_came() throws IOException {
    print(1, "#{setValue(a=" + "x".repeat(SetValueScanner.VALUE_BYTES_MAX));
    follow(1);
    print(1, "x)}");

    assertThat(end(1).failure().code()).isEqualTo("OUTPUT_TOO_LARGE");
  }

  @Test
  void all_logs_together_are_held_within_a_bound_and_the_others_read_at_the_end()
      throws IOException {
    String value = "x".repeat(60_000);
    StringBuilder large = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      names.add("n" + i);
      large.append("#{setValue(n").append(i).append('=').append(value).append(")}\n");
    }
    for (long id = 1; id <= 20; id++) {
      long each = id;
      print(id, large.toString());
      loop.call(
          () -> {
            outputs.follow(id(each), names);
            return true;
          });
      settle();
    }

    assertThat(loop.call(outputs::heldBytes)).isLessThanOrEqualTo(GrowingOutputs.HELD_BYTES_MAX);
    for (long id = 1; id <= 20; id++) {
      long each = id;
      assertThat(loop.get(() -> outputs.outputs(id(each), names)).values()).hasSize(16);
    }
    assertThat(loop.call(outputs::heldBytes)).isZero();
  }

  @Test
  void a_log_that_cannot_be_read_is_an_error_at_the_end_only() {
    follow(1);

    assertThatThrownBy(() -> end(1)).hasRootCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void what_is_forgotten_holds_nothing() throws IOException {
    print(1, "#{setValue(a=1)}");
    follow(1);
    loop.call(
        () -> {
          outputs.forget(id(1));
          return true;
        });

    assertThat(loop.call(outputs::heldBytes)).isZero();
    assertThat(end(1).values()).isEqualTo(Map.of("a", "1"));
  }
}

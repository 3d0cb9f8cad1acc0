package io.porpoise.worker.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.parameter.SetValueScanner;
import io.porpoise.worker.ManualClock;
import io.porpoise.worker.TestLoop;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.core.Single;
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

  /** Done by the same thread, as soon as it is free, and before anything asked for later. */
  private void meanwhile(Offload.Work work) {
    files.run(work).subscribe();
  }

  private void write(long id, long at, String text) throws IOException {
    Files.createDirectories(directories.of(id(id)));
    try (RandomAccessFile file = new RandomAccessFile(log(id).toFile(), "rw")) {
      file.seek(at);
      file.write(text.getBytes(UTF_8));
    }
  }

  @Test
  void a_log_is_read_in_pieces_and_others_have_their_turn_between_them() throws IOException {
    write(1, 6L * GrowingOutputs.PIECE_BYTES, "#{setValue(a=the end)}");
    loop.call(
        () -> {
          outputs.follow(id(1), NAMES);
          meanwhile(() -> write(1, 2L * GrowingOutputs.PIECE_BYTES, "#{setValue(b=between)}"));
          return true;
        });
    for (int piece = 0; piece < 7; piece++) {
      settle();
    }
    write(1, 0, "\0".repeat(7 * GrowingOutputs.PIECE_BYTES));

    assertThat(end(1).values()).isEqualTo(Map.of("b", "between", "a", "the end"));
  }

  @Test
  void an_attempt_that_ends_while_its_log_is_read_has_all_its_outputs() throws IOException {
    write(1, GrowingOutputs.PIECE_BYTES - 8, "#{setValue(a=1)}");
    write(1, 3L * GrowingOutputs.PIECE_BYTES - 8, "#{setValue(b=2)}");
    follow(1);

    assertThat(end(1).values()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(loop.call(outputs::heldBytes)).isZero();
  }

  @Test
  void at_its_end_a_log_is_read_in_pieces_to_where_it_ended() throws IOException {
    long size = 4L * GrowingOutputs.PIECE_BYTES;
    write(1, size - 1, "\n");
    Outputs found =
        loop.get(
            () -> {
              Single<Outputs> end = outputs.outputs(id(1), NAMES).cache();
              end.subscribe();
              meanwhile(() -> write(1, size / 2, "#{setValue(a=between)}"));
              meanwhile(() -> write(1, size, "#{setValue(b=of another process)}"));
              return end;
            });

    assertThat(found.values()).isEqualTo(Map.of("a", "between"));
  }

  @Test
  void a_log_that_was_cut_off_has_an_end() throws IOException {
    write(1, 3L * GrowingOutputs.PIECE_BYTES, "#{setValue(b=2)}");
    Outputs found =
        loop.get(
            () -> {
              Single<Outputs> end = outputs.outputs(id(1), NAMES).cache();
              end.subscribe();
              meanwhile(() -> Files.writeString(log(1), "#{setValue(a=1)}"));
              return end;
            });

    assertThat(found.values()).isEmpty();
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

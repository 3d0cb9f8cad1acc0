package io.porpoise.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.ManualClock;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReadsTest implements LogFiles {
  private static final TaskInstanceId ID = new TaskInstanceId(1);

  private final ManualClock clock = new ManualClock();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<Runnable> watchers = new ArrayList<>();
  private boolean exists = true;
  private boolean growing = true;
  private final LogReads reads = new LogReads(clock, this, id -> growing);

  @Test
  void bytes_that_are_there_are_answered_at_once_from_any_offset() {
    append("hello world");

    LogChunk chunk = answered(ask(6, 3, 1_000));

    assertThat(text(chunk)).isEqualTo("wor");
    assertThat(chunk.offset()).isEqualTo(6);
    assertThat(chunk.size()).isEqualTo(11);
    assertThat(chunk.complete()).isFalse();
  }

  @Test
  void a_reader_at_the_end_is_answered_when_the_log_grows() {
    append("one");
    TestObserver<LogChunk> reader = ask(3, 100, 10_000);
    reader.assertNotComplete();

    append("two");
    grown();

    assertThat(text(answered(reader))).isEqualTo("two");
    assertThat(watchers).isEmpty();
  }

  @Test
  void growth_that_nobody_tells_of_is_found_a_little_later() {
    TestObserver<LogChunk> reader = ask(0, 100, 10_000);

    append("late");
    clock.pass(Duration.ofSeconds(1));

    assertThat(text(answered(reader))).isEqualTo("late");
  }

  @Test
  void a_reader_is_told_of_the_end_at_once() {
    append("all");
    TestObserver<LogChunk> reader = ask(3, 100, 10_000);

    growing = false;
    reads.ended(ID);

    LogChunk chunk = answered(reader);
    assertThat(chunk.bytes()).isEmpty();
    assertThat(chunk.complete()).isTrue();
    assertThat(chunk.size()).isEqualTo(3);
  }

  @Test
  void an_impatient_reader_gets_nothing_after_its_time() {
    TestObserver<LogChunk> reader = ask(0, 100, 2_500);

    clock.pass(Duration.ofMillis(2_499));
    reader.assertNotComplete();
    clock.pass(Duration.ofMillis(1));

    LogChunk chunk = answered(reader);
    assertThat(chunk.bytes()).isEmpty();
    assertThat(chunk.complete()).isFalse();
  }

  @Test
  void an_attempt_without_a_file_has_an_empty_log_while_it_lives_and_none_after() {
    exists = false;

    assertThat(answered(ask(0, 100, 0)).found()).isTrue();
    growing = false;
    assertThat(answered(ask(0, 100, 10_000)).found()).isFalse();
  }

  @Test
  void nonsense_is_refused() {
    reads.handle(new LogRead(ID, -1, 100, 0)).test().assertError(IllegalArgumentException.class);
  }

  @Test
  void many_readers_of_one_log_share_a_watch() {
    TestObserver<LogChunk> first = ask(0, 100, 10_000);
    TestObserver<LogChunk> second = ask(0, 100, 10_000);
    assertThat(watchers).hasSize(1);

    append("x");
    grown();

    answered(first);
    answered(second);
    assertThat(watchers).isEmpty();
  }

  private TestObserver<LogChunk> ask(long offset, int maxBytes, long waitMillis) {
    return reads.handle(new LogRead(ID, offset, maxBytes, waitMillis)).cast(LogChunk.class).test();
  }

  private static LogChunk answered(TestObserver<LogChunk> reader) {
    reader.assertComplete();
    return reader.values().get(0);
  }

  private static String text(LogChunk chunk) {
    return new String(chunk.bytes(), StandardCharsets.UTF_8);
  }

  private void append(String text) {
    file.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void grown() {
    List.copyOf(watchers).forEach(Runnable::run);
  }

  @Override
  public Single<LogChunk> read(TaskInstanceId id, long offset, int maxBytes) {
    if (!exists) {
      return Single.just(LogChunk.NOT_FOUND);
    }
    byte[] all = file.toByteArray();
    int from = (int) Math.min(offset, all.length);
    int to = Math.min(all.length, from + maxBytes);
    return Single.just(
        new LogChunk(true, offset, all.length, false, Arrays.copyOfRange(all, from, to)));
  }

  @Override
  public Disposable onGrowth(TaskInstanceId id, Runnable listener) {
    watchers.add(listener);
    return Disposable.fromRunnable(() -> watchers.remove(listener));
  }
}

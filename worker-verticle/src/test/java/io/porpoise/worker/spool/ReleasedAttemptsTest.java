package io.porpoise.worker.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.TaskInstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedAttemptsTest {
  private static final TaskInstanceId FIRST = new TaskInstanceId(1);
  private static final TaskInstanceId SAME_BUCKET = new TaskInstanceId(2);
  private static final TaskInstanceId OTHER_BUCKET = new TaskInstanceId(5_001);

  @TempDir Path data;
  private AttemptDirectories directories;
  private ReleasedAttempts released;

  @BeforeEach
  void open() {
    directories = AttemptDirectories.open(data);
    released = new ReleasedAttempts(directories);
  }

  private void release(TaskInstanceId id) throws IOException {
    Path directory = Files.createDirectories(directories.of(id));
    Files.createDirectory(directory.resolve("work"));
    Files.writeString(directory.resolve("log"), "a line\n");
    released.add(id);
  }

  private static Instant longAgo() {
    return Instant.now().minus(Duration.ofHours(1));
  }

  /** When the next attempt will be released at the earliest. */
  private Instant afterAllOfThese() throws IOException {
    Instant later = Instant.now().plusMillis(50);
    Path probe = data.resolve("probe");
    do {
      Files.deleteIfExists(probe);
      Files.createFile(probe);
    } while (Files.getLastModifiedTime(probe).toInstant().isBefore(later));
    return later;
  }

  @Test
  void an_attempt_is_found_where_released_ones_are_until_it_is_old_enough() throws IOException {
    release(FIRST);

    released.sweep(longAgo());
    assertThat(directories.of(FIRST)).doesNotExist();
    assertThat(directories.released(FIRST).resolve("log")).hasContent("a line");

    released.sweep(afterAllOfThese());
    assertThat(directories.released()).isEmptyDirectory();
  }

  @Test
  void an_attempt_that_was_made_long_before_its_release_is_kept_from_the_release_on()
      throws IOException {
    Files.createDirectories(directories.of(FIRST));
    Instant before = afterAllOfThese();
    released.add(FIRST);

    released.sweep(before);

    assertThat(directories.released(FIRST)).exists();
  }

  @Test
  void of_a_bucket_only_what_is_old_enough_goes() throws IOException {
    release(FIRST);
    Instant between = afterAllOfThese();
    release(SAME_BUCKET);

    released.sweep(between);

    assertThat(directories.released(FIRST)).doesNotExist();
    assertThat(directories.released(SAME_BUCKET)).exists();
  }

  @Test
  void buckets_in_which_nothing_can_be_old_enough_are_not_looked_into_again() throws IOException {
    release(FIRST);
    Instant between = afterAllOfThese();
    release(OTHER_BUCKET);

    assertThat(released.sweep(longAgo())).isEqualTo(2);
    assertThat(released.sweep(longAgo())).isZero();
    assertThat(released.sweep(between)).isEqualTo(1);
    assertThat(directories.released(FIRST)).doesNotExist();
    assertThat(directories.released(OTHER_BUCKET)).exists();
  }

  @Test
  void a_bucket_that_was_removed_is_made_again_for_a_late_attempt() throws IOException {
    release(FIRST);
    released.sweep(afterAllOfThese());

    release(SAME_BUCKET);

    released.sweep(longAgo());
    assertThat(directories.released(SAME_BUCKET)).exists();
    released.sweep(afterAllOfThese());
    assertThat(directories.released()).isEmptyDirectory();
  }
}

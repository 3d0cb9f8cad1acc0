package io.porpoise.worker.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.worker.task.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFileTest {
  private static final byte[] JSON = "{\"slot\": 1}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void a_variable_that_looks_like_the_keepers_words_is_none_of_them() throws IOException {
    Launch launch =
        new Launch(
            Map.of(), List.of("true"), Map.of("NOTE", "ü\n# {}\nstarted 1 2 3-4\nexited 0 no 5\n"));
    Path file = write(AttemptFile.bytes(LaunchFile.text("1", launch), JSON));

    assertThat(AttemptFile.json(file)).isEqualTo(JSON);
    assertThat(ProcessRecord.read(file)).isEqualTo(new ProcessRecord(null, null));

    Files.writeString(file, "started 7 8 9-9\nexited 3 no", StandardOpenOption.APPEND);

    assertThat(AttemptFile.json(file)).isEqualTo(JSON);
    assertThat(ProcessRecord.read(file))
        .isEqualTo(new ProcessRecord(new ProcessRecord.Started(7, 8, "9-9"), null));
  }

  @Test
  void what_was_not_written_to_its_end_is_no_attempt() throws IOException {
    byte[] whole = AttemptFile.bytes("exit 126\n", JSON);

    for (int length = 0; length < whole.length; length++) {
      Path torn = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> AttemptFile.json(torn)).isInstanceOf(IOException.class);
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve(AttemptFile.NAME), bytes);
  }
}

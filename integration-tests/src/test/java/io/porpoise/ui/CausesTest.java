package io.porpoise.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.master.engine.TaskEvent;
import io.porpoise.store.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The history of an instance names what has happened; the UI has words for each of them. */
class CausesTest {
  private static final Path TEXTS = Path.of("../api-verticle/src/main/ui/src/i18n");

  @Test
  void theUiHasWordsForEachCause() throws IOException {
    String[] causes =
        Stream.concat(
                Arrays.stream(TaskEvent.class.getPermittedSubclasses())
                    .filter(Class::isRecord)
                    .map(Class::getSimpleName),
                Arrays.stream(Command.Type.values()).map(Enum::name))
            .toArray(String[]::new);
    assertThat(causes).contains("Started", "Succeeded", "STOP");
    for (String language : new String[] {"en", "zh"}) {
      JsonNode words =
          new ObjectMapper()
              .readTree(TEXTS.resolve(language).resolve("instances.json").toFile())
              .get("causes");
      assertThat(words.fieldNames()).toIterable().as(language).contains(causes);
    }
  }
}

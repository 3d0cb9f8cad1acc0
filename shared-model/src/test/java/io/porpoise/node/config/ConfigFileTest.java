package io.porpoise.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file that people read and the records that the program reads say the same. */
class ConfigFileTest {
  private static final Path FILE = Path.of("..", "conf", "porpoise.yaml");

  @Test
  void the_file_has_every_key_with_its_default() {
    Map<String, String> written = new LinkedHashMap<>();
    YamlLayer.read(FILE)
        .forEach((key, given) -> written.put(key, String.join(",", given.values())));

    assertThat(written).isEqualTo(ConfigBinder.defaults());
  }

  @Test
  void the_file_has_the_keys_in_the_order_of_the_records() {
    assertThat(List.copyOf(YamlLayer.read(FILE).keySet())).isEqualTo(ConfigBinder.keys());
  }

  @Test
  void every_key_is_explained_in_the_line_above_it() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    List<String> unexplained = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      boolean isKey = lines.get(i).matches("  [a-z_]+:.*");
      if (isKey && !lines.get(i - 1).startsWith("  # ")) {
        unexplained.add(lines.get(i));
      }
    }

    assertThat(unexplained).isEmpty();
  }

  @Test
  void a_number_with_a_unit_names_it_in_its_comment() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).matches("  [a-z_]+: \\d+(ms|s|m|h|d)")) {
        assertThat(lines.get(i - 1)).contains("(duration)");
      } else if (lines.get(i).matches("  [a-z_]+: \\d+(KiB|MiB|GiB)")) {
        assertThat(lines.get(i - 1)).contains("(size)");
      }
    }
  }
}

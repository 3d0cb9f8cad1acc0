package io.porpoise.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredBytesTest {
  @Test
  void every_character_counts_as_many_bytes_as_it_takes_as_json() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 257) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue; // alone it is no text
      }
      Map<String, String> values = Map.of("n", Character.toString(c));
      // Two brackets and no comma.
      assertThat(StoredBytes.of(values))
          .as("U+%04X", c)
          .isEqualTo(json.writeValueAsBytes(values).length - 1);
    }
  }

  @Test
  void names_and_all_entries_count() {
    assertThat(StoredBytes.of(Map.of())).isZero();
    assertThat(StoredBytes.of(Map.of("a", "1", "\u4e2d", "\""))).isEqualTo(8 + 11);
  }
}

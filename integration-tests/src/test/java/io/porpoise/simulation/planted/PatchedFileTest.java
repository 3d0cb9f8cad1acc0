package io.porpoise.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchedFileTest {
  private static final PatchedFile PATCH =
      PatchedFile.parse(
              List.of(
                  "What it does",
                  "",
                  "--- a/some/File.java",
                  "+++ b/some/File.java",
                  "@@ -1,3 +1,3 @@",
                  " one",
                  "-two",
                  "+2",
                  "+2.5",
                  " three"))
          .get(0);

  @Test
  void a_hunk_goes_where_its_old_lines_are() {
    assertThat(PATCH.path()).isEqualTo("some/File.java");
    assertThat(PATCH.apply(List.of("zero", "one", "two", "three", "four")))
        .containsExactly("zero", "one", "2", "2.5", "three", "four");
  }

  @Test
  void a_hunk_that_fits_nowhere_or_twice_is_told() {
    assertThatThrownBy(() -> PATCH.apply(List.of("one", "three")))
        .hasMessageContaining("fits no longer into some/File.java");
    assertThatThrownBy(() -> PATCH.apply(List.of("one", "two", "three", "one", "two", "three")))
        .hasMessageContaining("fits twice");
  }
}

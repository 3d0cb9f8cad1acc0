package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchOptionsTest {
  @Test
  void options_may_be_written_with_a_space_or_an_equals_sign() {
    LaunchOptions options = parse("--conf", "a", "--set=x.y=1", "--set", "x.z=a=b");

    assertThat(options.conf()).isEqualTo(Path.of("a"));
    assertThat(options.settings()).containsExactly("x.y=1", "x.z=a=b");
  }

  @Test
  void the_directory_of_the_files_may_come_from_the_environment() {
    assertThat(parse().conf()).isEqualTo(Path.of("conf"));
    assertThat(LaunchOptions.parse(new String[0], Map.of("PORPOISE_CONF", "/etc/porpoise")).conf())
        .isEqualTo(Path.of("/etc/porpoise"));
  }

  @Test
  void what_is_not_understood_is_refused_with_one_line() {
    assertThatThrownBy(() -> parse("--port", "1"))
        .hasMessageStartingWith("unknown argument '--port'; ");
    assertThatThrownBy(() -> parse("--set")).hasMessageStartingWith("--set wants a value; ");
  }

  private static LaunchOptions parse(String... arguments) {
    return LaunchOptions.parse(arguments, Map.of());
  }
}

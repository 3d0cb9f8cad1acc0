package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppliedCommandsTest {
  private final AppliedCommands commands = new AppliedCommands();

  @Test
  void a_command_that_is_being_applied_is_not_begun_again() {
    assertThat(commands.begin(1)).isTrue();
    assertThat(commands.begin(1)).isFalse();

    commands.dropped(1);

    assertThat(commands.begin(1)).isTrue();
  }

  @Test
  void a_read_that_was_sent_before_a_command_went_does_not_bring_it_back() {
    commands.readBegins();
    commands.begin(1);
    commands.readBegins();
    commands.durable(1);

    commands.readEnds();
    assertThat(commands.begin(1)).isFalse();

    commands.readEnds();
    assertThat(commands.begin(1)).isTrue();
  }
}

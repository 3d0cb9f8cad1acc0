package io.porpoise.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void times_are_iso_8601_in_utc_to_the_millisecond() {
    assertThat(Texts.time(null)).isNull();
    assertThat(Texts.time(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(Texts.time(Instant.parse("2024-02-29T23:59:59.999999Z")))
        .isEqualTo("2024-02-29T23:59:59.999Z");
    assertThat(Texts.time(Instant.parse("1969-12-31T23:59:59.5Z")))
        .isEqualTo("1969-12-31T23:59:59.500Z");
  }

  @Test
  void times_are_as_the_formatter_of_java_writes_them() {
    DateTimeFormatter java =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      Instant time = Instant.ofEpochMilli(random.nextLong() % 500_000_000_000_000L);
      assertThat(Texts.time(time)).isEqualTo(java.format(time));
    }
  }
}

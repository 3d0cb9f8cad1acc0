package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.parameter.Parameters;
import io.porpoise.parameter.SetValueScanner;
import io.porpoise.parameter.StoredBytes;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** No row that passes the limits of parameters is above the limit of a row. */
class UpsertTest {
  private static final IntUnaryOperator CHINESE = random -> 0x4e00 + random % 0x5000;
  private static final IntUnaryOperator CONTROL = random -> random % 0x20;
  private static final IntUnaryOperator PRIVATE = random -> 0x800 + random % 0xd000;
  private static final IntUnaryOperator EMOJI = random -> 0x10000 + random % 0x100000;

  private final Random random = new Random(7);

  /** As many random values as the limit allows, which no compression makes much smaller. */
  private Map<String, String> largest(IntUnaryOperator character, int valueChars) {
    Map<String, String> values = new LinkedHashMap<>();
    long bytes = 0;
    while (true) {
      Map<String, String> one = Map.of("p" + values.size(), text(character, valueChars));
      bytes += StoredBytes.of(one);
      if (bytes > Parameters.TOGETHER_BYTES_MAX) {
        return values;
      }
      values.putAll(one);
    }
  }

  private String text(IntUnaryOperator character, int chars) {
    StringBuilder text = new StringBuilder(chars);
    while (text.length() < chars) {
      text.appendCodePoint(character.applyAsInt(random.nextInt(Integer.MAX_VALUE)));
    }
    return text.toString();
  }

  @Test
  void an_instance_with_the_largest_options_and_outputs_fits() {
    for (IntUnaryOperator character : List.of(CHINESE, CONTROL, PRIVATE, EMOJI)) {
      WorkflowInstance instance =
          WorkflowInstance.submitted(
                  new WorkflowInstanceId(1),
                  1,
                  9,
                  1,
                  StartOptions.withParams(largest(character, 1_000)),
                  "admin",
                  Instant.EPOCH)
              .change()
              .outputs(largest(character, 1_000))
              .done();

      assertThat(
              WorkflowInstanceRows.UPSERT.statements(
                  List.<Object[]>of(WorkflowInstanceRows.values(instance))))
          .hasSize(1);
    }
  }

  /** Outputs are counted as the worker reads them: control characters are larger as JSON. */
  @Test
  void a_task_with_the_largest_parameters_and_outputs_fits() {
    IntUnaryOperator quotes = random -> random % 2 == 0 ? '"' : '\\';
    for (IntUnaryOperator character : List.of(CONTROL, quotes, EMOJI)) {
      int bytesAChar = character == EMOJI ? 2 : 1;
      String outputs = text(character, SetValueScanner.OUTPUTS_BYTES_MAX / bytesAChar);

      assertThat(
              TaskInstanceRows.PAYLOAD_UPSERT.statements(
                  List.<Object[]>of(
                      new Object[] {
                        1L,
                        Documents.ofStrings(largest(CHINESE, 60_000)),
                        Documents.ofStrings(Map.of("out", outputs))
                      })))
          .hasSize(1);
    }
  }

  @Test
  void a_row_above_the_limit_is_refused_and_large_ones_go_alone() {
    Upsert upsert = new Upsert("t", List.of("a"), List.of("a"));
    Object[] large = {Buffer.buffer(new byte[Upsert.ROW_BYTES_MAX - 9])};

    assertThat(upsert.statements(List.of(large, large))).hasSize(2);
    assertThatThrownBy(
            () ->
                upsert.statements(
                    List.<Object[]>of(
                        new Object[] {Buffer.buffer(new byte[Upsert.ROW_BYTES_MAX - 8])})))
        .isInstanceOf(Upsert.RowTooLarge.class);
  }
}

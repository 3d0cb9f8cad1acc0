package io.porpoise.bus.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.WatchAnswer;
import io.porpoise.instance.WorkflowInstanceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {
  private static final Message LOOK = new Look(List.of(new WorkflowInstanceId(812)));

  private final Frames frames = new Frames("a secret");

  static Collection<Class<? extends Message>> types() {
    return MessageTypes.BY_NUMBER.values();
  }

  @ParameterizedTest
  @MethodSource("types")
  void every_message_survives_the_wire(Class<? extends Message> type) {
    for (long seed = 0; seed < 50; seed++) {
      Message message = new Samples(seed).of(type);

      assertThat(frames.decode(frames.encode(message)))
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void every_message_survives_the_wire_with_nothing_in_it(Class<? extends Message> type) {
    Message message = (Message) Samples.bare(type.asSubclass(Record.class));

    assertThat(frames.decode(frames.encode(message))).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void numbers_of_messages_never_change() {
    String numbers =
        MessageTypes.BY_NUMBER.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue().getSimpleName())
            .collect(Collectors.joining("\n"));

    assertThat(numbers).isEqualTo(GOLDEN_NUMBERS.strip());
  }

  @Test
  void every_record_that_is_a_message_has_a_number() {
    Set<String> messages =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.porpoise.bus.message")
                .stream()
                .filter(c -> c.isAssignableTo(Message.class))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    assertThat(types().stream().map(Class::getName)).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void the_bytes_of_a_log_cross_raw() {
    byte[] bytes = "line\n\0\u00ff".repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    byte[] frame = frames.encode(new LogChunk(true, 7, 900, false, bytes));

    assertThat(frame).containsSequence(bytes).hasSizeLessThan(bytes.length + 120);
  }

  @Test
  void derived_properties_do_not_cross() {
    String frame =
        new String(
            frames.encode(new Samples(1).of(io.porpoise.bus.message.InstanceChanged.class)),
            StandardCharsets.UTF_8);

    assertThat(frame).doesNotContain("killing", "retryWaiting", "slot\"");
  }

  @Test
  void a_frame_of_somebody_without_the_secret_is_rejected() {
    byte[] forged = new Frames("another secret").encode(LOOK);

    assertThat(frames.decode(forged)).isEqualTo(new Rejected(Rejected.Why.NOT_AUTHENTIC));
  }

  @Test
  void a_frame_with_any_byte_changed_is_rejected() {
    byte[] frame = frames.encode(LOOK);
    for (int i = 0; i < frame.length; i++) {
      byte[] changed = frame.clone();
      changed[i] ^= 1;

      assertThat(frames.decode(changed)).isEqualTo(new Rejected(Rejected.Why.NOT_AUTHENTIC));
    }
  }

  @Test
  void a_frame_cut_short_anywhere_is_rejected() {
    byte[] frame = frames.encode(LOOK);
    for (int length = 0; length < frame.length; length++) {
      assertThat(frames.decode(Arrays.copyOf(frame, length)))
          .isEqualTo(new Rejected(Rejected.Why.NOT_AUTHENTIC));
    }
  }

  @Test
  void fields_that_a_newer_sender_added_are_ignored() {
    byte[] frame = frame(1, 12, "{\"mine\":true,\"unfinished\":false,\"since\":{\"v\":2}}");

    assertThat(frames.decode(frame)).isEqualTo(new WatchAnswer(true, false));
  }

  @Test
  void a_genuine_frame_of_an_unknown_type_or_version_is_told_apart() {
    Message unknown = new Rejected(Rejected.Why.UNKNOWN_TYPE);

    assertThat(frames.decode(frame(1, 999, "{}"))).isEqualTo(unknown);
    assertThat(frames.decode(frame(2, 12, "{}"))).isEqualTo(unknown);
    assertThat(frames.decode(frame(1, 12, "{\"mine\":[]}")))
        .isEqualTo(new Rejected(Rejected.Why.UNREADABLE));
  }

  @Test
  void a_message_without_a_number_cannot_be_sent() {
    assertThatThrownBy(() -> MessageTypes.checked(new Rejected(Rejected.Why.UNREADABLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MessageTypes");
  }

  @Test
  void an_empty_secret_is_refused() {
    assertThatThrownBy(() -> new Frames(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cluster.secret is empty");
  }

  private static byte[] frame(int version, int type, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[7 + body.length + Seal.BYTES];
    ByteBuffer.wrap(frame).put((byte) version).putShort((short) type).putInt(body.length).put(body);
    new Seal("a secret").stamp(frame);
    return frame;
  }

  private static final String GOLDEN_NUMBERS =
      """
      1 DispatchBatch
      2 DispatchAnswers
      3 KillBatch
      4 KillAnswers
      5 Reconcile
      6 Inventory
      7 ReportBatch
      8 ReportAnswers
      9 Look
      10 SlotsMoved
      11 Watch
      12 WatchAnswer
      13 InstanceChanged
      14 Explain
      15 Explanations
      16 LogRead
      17 LogChunk
      18 Heartbeat
      19 LeaseRequest
      20 LeaseGrants
      21 LookAnswer
      22 Parting
      23 FeedWanted
      24 InstancesTouched
      """;
}

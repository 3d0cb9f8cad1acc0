package io.porpoise.bus.vertx;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.bus.message.Explain;
import io.porpoise.bus.message.Explanations;
import io.porpoise.bus.message.FeedWanted;
import io.porpoise.bus.message.Heartbeat;
import io.porpoise.bus.message.InstanceChanged;
import io.porpoise.bus.message.InstancesTouched;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch;
import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.bus.message.Look;
import io.porpoise.bus.message.LookAnswer;
import io.porpoise.bus.message.Parting;
import io.porpoise.bus.message.Reconcile;
import io.porpoise.bus.message.ReportAnswers;
import io.porpoise.bus.message.ReportBatch;
import io.porpoise.bus.message.SlotsMoved;
import io.porpoise.bus.message.Watch;
import io.porpoise.bus.message.WatchAnswer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every message that may cross the wire, with the number that stands for it there. A number is
 * given once and for all: nodes of two versions talk to each other during an upgrade.
 */
final class MessageTypes {
  static final Map<Integer, Class<? extends Message>> BY_NUMBER = new LinkedHashMap<>();
  private static final Map<Class<? extends Message>, Integer> NUMBERS = new LinkedHashMap<>();

  static {
    type(1, DispatchBatch.class);
    type(2, DispatchAnswers.class);
    type(3, KillBatch.class);
    type(4, KillAnswers.class);
    type(5, Reconcile.class);
    type(6, Inventory.class);
    type(7, ReportBatch.class);
    type(8, ReportAnswers.class);
    type(9, Look.class);
    type(10, SlotsMoved.class);
    type(11, Watch.class);
    type(12, WatchAnswer.class);
    type(13, InstanceChanged.class);
    type(14, Explain.class);
    type(15, Explanations.class);
    type(16, LogRead.class);
    type(17, LogChunk.class);
    type(18, Heartbeat.class);
    type(19, LeaseRequest.class);
    type(20, LeaseGrants.class);
    type(21, LookAnswer.class);
    type(22, Parting.class);
    type(23, FeedWanted.class);
    type(24, InstancesTouched.class);
  }

  private MessageTypes() {}

  private static void type(int number, Class<? extends Message> type) {
    if (BY_NUMBER.put(number, type) != null || NUMBERS.put(type, number) != null) {
      throw new IllegalStateException("message number " + number + " or " + type + " twice");
    }
  }

  /**
   * The message itself.
   *
   * @throws IllegalArgumentException if it has no number, so that it could not cross
   */
  static Message checked(Message message) {
    if (!NUMBERS.containsKey(message.getClass())) {
      throw new IllegalArgumentException(
          message.getClass().getName() + " has no number in MessageTypes");
    }
    return message;
  }

  static int numberOf(Message message) {
    return NUMBERS.get(checked(message).getClass());
  }
}

package io.porpoise.instance;

/**
 * What several instances of one definition mean to each other, as a pure function (SEMANTICS.md,
 * section 2). It is asked once for each that arrives, under a lock of the definition, so arrivals
 * have one order for everybody.
 */
public final class SerialRule {
  /** What becomes of an arrival. */
  public enum Arrival {
    /** It starts, and takes no place in a queue. */
    START_FREELY,
    /** It takes a place, is the first there, and starts. */
    START_AS_FIRST,
    /** It takes a place, and waits for its turn. */
    WAIT,
    /** It takes a place and waits, and all that are before it are to be stopped. */
    STOP_OTHERS_AND_WAIT,
    /** It does not run. */
    DISCARD
  }

  private SerialRule() {}

  /**
   * @param hasOthers whether others stand in the queue of the definition
   */
  public static Arrival onArrival(ExecutionType type, boolean hasOthers) {
    return switch (type) {
      case PARALLEL -> Arrival.START_FREELY;
      case SERIAL_WAIT -> hasOthers ? Arrival.WAIT : Arrival.START_AS_FIRST;
      case SERIAL_DISCARD -> hasOthers ? Arrival.DISCARD : Arrival.START_AS_FIRST;
      case SERIAL_PRIORITY -> hasOthers ? Arrival.STOP_OTHERS_AND_WAIT : Arrival.START_AS_FIRST;
    };
  }
}

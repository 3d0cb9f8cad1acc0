package io.porpoise.cluster;

/** Slots are the 1,024 shares of the workflow instances; who owns a slot owns its instances. */
public final class Slot {
  public static final int COUNT = 1024;

  private Slot() {}

  /** The slot of an id: a mixed hash, so that neighbouring ids spread over all slots. */
  public static int of(long id) {
    long mixed = id * 0x9E3779B97F4A7C15L;
    return (int) ((mixed ^ (mixed >>> 32)) & (COUNT - 1));
  }
}

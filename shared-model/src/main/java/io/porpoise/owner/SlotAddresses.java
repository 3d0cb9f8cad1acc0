package io.porpoise.owner;

import java.util.Optional;

/** Where to send what concerns a slot; may be late. */
public interface SlotAddresses {
  /** Empty when nobody is known to own it. */
  Optional<String> addressOf(int slot);

  /** What was said has turned out to be wrong: it is read again soon. */
  void refresh();
}

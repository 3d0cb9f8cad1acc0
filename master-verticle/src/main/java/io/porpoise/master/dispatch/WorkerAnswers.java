package io.porpoise.master.dispatch;

import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchAnswers;
import io.porpoise.bus.message.Inventory;
import io.porpoise.bus.message.KillAnswers;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.bus.message.Reconcile.SlotEpoch;
import io.porpoise.cluster.MemberId;
import java.util.List;

/** What comes of words to workers. */
public interface WorkerAnswers {
  /** Whether it should still be said: asked before every sending, repeated ones included. */
  boolean isWanted(Dispatch dispatch);

  /** Whether it should still be said. */
  boolean isWanted(Kill kill);

  void answered(MemberId worker, DispatchAnswers answers);

  void answered(MemberId worker, KillAnswers answers);

  void inventory(MemberId worker, List<SlotEpoch> asked, Inventory inventory);
}

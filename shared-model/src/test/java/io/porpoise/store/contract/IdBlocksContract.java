package io.porpoise.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.store.IdBlocks.Sequence;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ids that nobody else gets. */
public abstract class IdBlocksContract {
  protected abstract StoreStage stage();

  @Test
  void blocks_follow_each_other_and_ids_are_positive() {
    long first = stage().await(stage().ids().reserve(Sequence.TASK_INSTANCE, 1000));
    long second = stage().await(stage().ids().reserve(Sequence.TASK_INSTANCE, 10));
    long third = stage().await(stage().ids().reserve(Sequence.TASK_INSTANCE, 10));

    assertThat(first).isPositive();
    assertThat(second).isGreaterThanOrEqualTo(first + 1000);
    assertThat(third).isGreaterThanOrEqualTo(second + 10);
  }

  @Test
  void sequences_do_not_disturb_each_other() {
    long before = stage().await(stage().ids().reserve(Sequence.WORKFLOW_INSTANCE, 1));
    stage().run(stage().ids().reserve(Sequence.TASK_INSTANCE, 100_000));
    long after = stage().await(stage().ids().reserve(Sequence.WORKFLOW_INSTANCE, 1));

    assertThat(after).isLessThan(before + 100_000);
  }

  @Test
  void reservations_at_the_same_moment_do_not_overlap() {
    List<Single<Long>> reservations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      reservations.add(stage().ids().reserve(Sequence.TASK_INSTANCE, 10));
    }

    List<Long> firsts = stage().await(Single.mergeDelayError(reservations).toList());

    assertThat(firsts.stream().flatMapToLong(f -> LongStream.range(f, f + 10)).distinct().count())
        .isEqualTo(200);
  }
}

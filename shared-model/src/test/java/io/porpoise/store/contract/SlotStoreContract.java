package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.INCARNATION;
import static io.porpoise.store.contract.Rows.M1;
import static io.porpoise.store.contract.Rows.M2;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Slot;
import io.porpoise.store.SlotStore;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who owns which slot. */
public abstract class SlotStoreContract {
  protected abstract StoreStage stage();

  private SlotStore slots() {
    return stage().slots();
  }

  private List<SlotRow> all() {
    return stage().await(slots().all());
  }

  @Test
  void at_first_nobody_owns_any_of_the_1024_slots() {
    assertThat(all())
        .isEqualTo(
            IntStream.range(0, Slot.COUNT).mapToObj(s -> new SlotRow(s, null, 0, 0)).toList());
  }

  @Test
  void a_claim_gains_all_slots_at_once_with_their_next_epoch() {
    List<SlotRow> gained = stage().await(slots().claim(M1, INCARNATION, all()));

    assertThat(gained).hasSize(Slot.COUNT).contains(new SlotRow(1023, M1, INCARNATION, 1));
    assertThat(all()).containsExactlyInAnyOrderElementsOf(gained);
  }

  @Test
  void a_claim_of_nothing_gains_nothing() {
    assertThat(stage().await(slots().claim(M1, INCARNATION, List.of()))).isEmpty();
  }

  @Test
  void a_claim_at_an_outdated_epoch_gains_nothing_and_takes_nothing_away() {
    List<SlotRow> before = all().subList(0, 3);
    stage().run(slots().claim(M1, INCARNATION, before.subList(1, 2)));

    List<SlotRow> gained = stage().await(slots().claim(M2, 1, before));

    assertThat(gained)
        .containsExactlyInAnyOrder(new SlotRow(0, M2, 1, 1), new SlotRow(2, M2, 1, 1));
    assertThat(all().get(1)).isEqualTo(new SlotRow(1, M1, INCARNATION, 1));
  }

  @Test
  void of_two_claimants_at_the_same_moment_each_slot_has_one() {
    List<SlotRow> free = all();

    List<List<SlotRow>> gained =
        stage()
            .await(
                Single.zip(
                    slots().claim(M1, INCARNATION, free),
                    slots().claim(M2, 1, free),
                    (one, other) -> List.of(one, other)));

    Set<Integer> ofOne = numbers(gained.get(0));
    Set<Integer> ofOther = numbers(gained.get(1));
    assertThat(Collections.disjoint(ofOne, ofOther)).isTrue();
    assertThat(ofOne.size() + ofOther.size()).isEqualTo(Slot.COUNT);
    assertThat(all()).allMatch(row -> row.epoch() == 1);
  }

  @Test
  void a_claim_that_is_repeated_after_a_lost_reply_tells_what_the_first_one_gained() {
    List<SlotRow> free = all().subList(0, 2);
    List<SlotRow> first = stage().await(slots().claim(M1, INCARNATION, free));

    List<SlotRow> again = stage().await(slots().claim(M1, INCARNATION, free));

    assertThat(again).containsExactlyInAnyOrderElementsOf(first);
    assertThat(all().get(0).epoch()).isEqualTo(1);
  }

  @Test
  void a_later_life_of_a_node_does_not_own_what_an_earlier_one_did() {
    List<SlotRow> free = all().subList(0, 1);
    stage().run(slots().claim(M1, INCARNATION, free));

    assertThat(stage().await(slots().claim(M1, INCARNATION + 1, free))).isEmpty();
  }

  @Test
  void a_release_gives_up_what_is_still_its_owners_and_keeps_the_epoch() {
    stage().run(slots().claim(M1, INCARNATION, all().subList(0, 2)));
    stage().run(slots().claim(M2, 1, all().subList(1, 2)));

    stage().run(slots().release(M1, INCARNATION, List.of(0, 1)));

    assertThat(all().subList(0, 2))
        .containsExactly(new SlotRow(0, null, 0, 1), new SlotRow(1, M2, 1, 2));
  }

  @Test
  void a_release_by_another_life_of_the_node_releases_nothing() {
    stage().run(slots().claim(M1, INCARNATION, all().subList(0, 1)));

    stage().run(slots().release(M1, INCARNATION + 1, List.of(0)));

    assertThat(all().get(0).owner()).isEqualTo(M1);
  }

  private static Set<Integer> numbers(List<SlotRow> rows) {
    return rows.stream().map(SlotRow::slot).collect(Collectors.toSet());
  }
}

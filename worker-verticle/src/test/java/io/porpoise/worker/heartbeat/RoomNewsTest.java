package io.porpoise.worker.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.worker.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomNewsTest {
  private static final int CAPACITY = 80;
  private static final String OWNER = "porpoise.master.m1.1.shard.0";

  private final ManualClock clock = new ManualClock();
  private final List<Integer> published = new ArrayList<>();
  private int running;
  private final RoomNews news = new RoomNews(clock, new Worker(), this::publish);

  private final class Worker implements RoomNews.Room {
    @Override
    public int running() {
      return running;
    }

    @Override
    public int capacity() {
      return CAPACITY;
    }

    @Override
    public boolean isRefusing() {
      return running >= CAPACITY;
    }
  }

  private void publish() {
    published.add(running);
    news.told();
  }

  private void run(int now) {
    running = now;
    news.changed();
  }

  /** So that nothing has been told for a while. */
  private void told(int now) {
    running = now;
    news.told();
    clock.pass(RoomNews.PAUSE);
  }

  @Test
  void who_was_refused_hears_of_the_first_place_that_comes_up() {
    told(CAPACITY);
    news.refused(OWNER);
    news.changed();
    assertThat(published).isEmpty();

    run(CAPACITY - 1);

    assertThat(published).containsExactly(CAPACITY - 1);
    assertThat(news.asking()).containsExactly(OWNER);
  }

  @Test
  void a_worker_that_nobody_wants_more_of_says_nothing_about_single_places() {
    told(CAPACITY);

    run(CAPACITY - 1);
    run(CAPACITY - 9);

    assertThat(published).isEmpty();
  }

  @Test
  void an_eighth_of_its_places_is_told_while_more_than_half_is_in_use() {
    told(60);
    run(51);
    assertThat(published).isEmpty();

    run(50);
    assertThat(published).containsExactly(50);

    told(30);
    run(39);
    assertThat(published).containsExactly(50);
    run(40);
    assertThat(published).containsExactly(50, 40);
  }

  @Test
  void a_worker_with_much_room_says_nothing_between_its_beats() {
    told(10);

    run(39);
    run(0);
    clock.pass(Duration.ofMinutes(1));

    assertThat(published).isEmpty();
  }

  @Test
  void news_follow_each_other_after_a_pause_and_tell_how_it_stands_then() {
    told(CAPACITY);
    run(60);
    run(40);
    run(20);
    assertThat(published).containsExactly(60);

    clock.pass(RoomNews.PAUSE);

    assertThat(published).containsExactly(60, 20);
  }

  @Test
  void what_has_passed_when_the_pause_is_over_is_not_told() {
    told(CAPACITY);
    run(60);
    run(45);
    run(58);

    clock.pass(RoomNews.PAUSE);

    assertThat(published).containsExactly(60);
  }

  @Test
  void an_owner_is_taken_to_ask_for_a_second_after_its_last_refusal() {
    news.refused(OWNER);
    clock.pass(RoomNews.ASKING);
    assertThat(news.asking()).containsExactly(OWNER);

    clock.pass(Duration.ofMillis(1));

    assertThat(news.asking()).isEmpty();
  }

  @Test
  void nothing_is_said_after_the_close() {
    told(CAPACITY);
    run(60);
    run(40);

    news.close();
    clock.pass(Duration.ofMinutes(1));
    run(0);

    assertThat(published).containsExactly(60);
  }
}

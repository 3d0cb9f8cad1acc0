package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.store.Users;
import io.porpoise.store.Users.User;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Users and their tokens. */
public abstract class UsersContract {
  protected abstract StoreStage stage();

  private Users users() {
    return stage().users();
  }

  private User ann() {
    stage().run(users().createIfAbsent("ann", "pbkdf2$1", true));
    return stage().await(users().byName("ann")).orElseThrow();
  }

  private static byte[] sha256(int fill) {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) fill);
    return hash;
  }

  @Test
  void a_user_is_created_once() {
    assertThat(stage().await(users().createIfAbsent("ann", "pbkdf2$1", true))).isTrue();
    assertThat(stage().await(users().createIfAbsent("ann", "pbkdf2$2", false))).isFalse();

    User ann = stage().await(users().byName("ann")).orElseThrow();
    assertThat(ann).isEqualTo(new User(ann.id(), "ann", "pbkdf2$1", true));
    assertThat(stage().await(users().byName("bob"))).isEmpty();
    assertThat(stage().await(users().byName("Ann"))).isEmpty();
  }

  @Test
  void a_password_can_be_changed_even_to_the_same() {
    User ann = ann();

    assertThat(stage().await(users().setPasswordHash("ann", "pbkdf2$9"))).isTrue();
    assertThat(stage().await(users().setPasswordHash("ann", "pbkdf2$9"))).isTrue();
    assertThat(stage().await(users().setPasswordHash("bob", "pbkdf2$9"))).isFalse();
    assertThat(stage().await(users().byName("ann")))
        .contains(new User(ann.id(), "ann", "pbkdf2$9", true));
  }

  @Test
  void a_token_stands_for_its_user_until_it_expires_or_is_deleted() {
    User ann = ann();
    stage().run(users().saveToken(sha256(-1), ann.id(), NOON));
    stage().run(users().saveToken(sha256(2), ann.id(), NOON.plusSeconds(60)));

    assertThat(stage().await(users().byToken(sha256(-1), NOON.minusSeconds(1)))).contains(ann);
    assertThat(stage().await(users().byToken(sha256(-1), NOON))).isEmpty();
    assertThat(stage().await(users().byToken(sha256(2), NOON))).contains(ann);
    assertThat(stage().await(users().byToken(sha256(3), NOON))).isEmpty();

    stage().run(users().deleteToken(sha256(2)));

    assertThat(stage().await(users().byToken(sha256(2), NOON))).isEqualTo(Optional.empty());
  }
}

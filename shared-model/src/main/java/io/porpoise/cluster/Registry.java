package io.porpoise.cluster;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who is there. Says nothing about what is: ownership is decided in the database.
 *
 * <p>Listeners are called on the event loop of the caller that registered them. After a lost
 * session the registry re-joins by itself, in place; the listener then hears {@code LOST} and later
 * {@code CONNECTED}.
 */
public interface Registry {
  /**
   * Joins as {@code self}, or replaces what this member tells of itself; completes when others can
   * see it.
   */
  Completable join(Member self);

  /** Leaves at once, so that the others need not wait for the session to end. */
  Completable leave();

  /**
   * The members known at this moment, in the order of their ids; may be stale by a watch's delay.
   */
  List<Member> members();

  /** Calls back now and then after every change, always with the whole present membership. */
  Disposable onMembers(Consumer<List<Member>> listener);

  /** Calls back now and then after every change of the connection. */
  Disposable onState(Consumer<RegistryState> listener);

  /**
   * Writes to this member's own entry: an answer proves that a quorum still counted this session as
   * alive when the request was <em>sent</em>. (A read would prove nothing: a cut-off follower still
   * answers reads.)
   */
  Completable touch();

  /**
   * The member that is the leader at this moment, as far as this process knows; empty when nobody
   * is.
   */
  Single<java.util.Optional<MemberId>> leader(Role role);
}

package io.porpoise.worker;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A registry that can be cut off. */
public final class TestRegistry implements Registry {
  public final List<Member> joined = new ArrayList<>();
  public boolean reachable = true;

  @Override
  public Completable join(Member self) {
    return Completable.fromAction(() -> joined.add(self));
  }

  @Override
  public Completable leave() {
    return Completable.fromAction(joined::clear);
  }

  @Override
  public List<Member> members() {
    return List.copyOf(joined);
  }

  @Override
  public Disposable onMembers(Consumer<List<Member>> listener) {
    listener.accept(members());
    return Disposable.disposed();
  }

  @Override
  public Disposable onState(Consumer<RegistryState> listener) {
    listener.accept(RegistryState.CONNECTED);
    return Disposable.disposed();
  }

  @Override
  public Completable touch() {
    return Completable.defer(
        () ->
            reachable
                ? Completable.complete()
                : Completable.error(new IllegalStateException("registry not reached")));
  }

  @Override
  public Single<Optional<MemberId>> leader(Role role) {
    return Single.just(Optional.empty());
  }
}

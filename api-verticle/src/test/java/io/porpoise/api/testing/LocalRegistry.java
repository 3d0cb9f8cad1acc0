package io.porpoise.api.testing;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The membership within one process; listeners hear on one event loop. */
public final class LocalRegistry implements Registry {
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final List<Consumer<List<Member>>> listeners = new CopyOnWriteArrayList<>();
  private volatile Scheduler loop;

  public void runOn(Scheduler newLoop) {
    loop = newLoop;
  }

  public void add(Member member) {
    members.add(member);
    tell();
  }

  public void remove(Member member) {
    members.remove(member);
    tell();
  }

  private void tell() {
    if (loop != null) {
      loop.scheduleDirect(() -> listeners.forEach(listener -> listener.accept(members())));
    }
  }

  @Override
  public Completable join(Member self) {
    return Completable.fromAction(() -> add(self));
  }

  @Override
  public Completable leave() {
    return Completable.complete();
  }

  @Override
  public List<Member> members() {
    return members.stream().sorted(Comparator.comparing(Member::id)).toList();
  }

  @Override
  public Disposable onMembers(Consumer<List<Member>> listener) {
    listeners.add(listener);
    listener.accept(members());
    return Disposable.fromRunnable(() -> listeners.remove(listener));
  }

  @Override
  public Disposable onState(Consumer<RegistryState> listener) {
    listener.accept(RegistryState.CONNECTED);
    return Disposable.disposed();
  }

  @Override
  public Completable touch() {
    return Completable.complete();
  }

  @Override
  public Single<Optional<MemberId>> leader(Role role) {
    return Single.just(Optional.empty());
  }
}

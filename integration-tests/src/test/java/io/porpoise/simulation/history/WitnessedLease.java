package io.porpoise.simulation.history;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.LeaseGrants;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.RegistryState;
import io.porpoise.cluster.Role;
import io.porpoise.simulation.machine.SimMachine;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees what a worker asks the registry and its owners for, and tells its machine how long its
 * attempts may go on by that: counted from the question, whatever the worker makes of it.
 */
final class WitnessedLease {
  private final SimMachine machine;

  WitnessedLease(SimMachine machine) {
    this.machine = machine;
  }

  Bus of(Bus bus) {
    return new WitnessedBus(bus);
  }

  Registry of(Registry registry) {
    return new WitnessedRegistry(registry);
  }

  private final class WitnessedBus implements Bus {
    private final Bus bus;

    WitnessedBus(Bus bus) {
      this.bus = bus;
    }

    @Override
    public Single<Message> request(String address, Message message, Duration timeout) {
      return Single.defer(
          () -> {
            long sent = machine.nanos();
            return bus.request(address, message, timeout)
                .doOnSuccess(answer -> answered(answer, sent));
          });
    }

    private void answered(Message answer, long sent) {
      if (answer instanceof LeaseGrants grants) {
        for (LeaseGrants.Grant grant : grants.grants()) {
          machine.mayGoOn(sent + Duration.ofMillis(grant.millis()).toNanos());
        }
      }
    }

    @Override
    public Completable serve(String address, Handler handler) {
      return bus.serve(address, handler);
    }

    @Override
    public Completable close(String address) {
      return bus.close(address);
    }

    @Override
    public void send(String address, Message message) {
      bus.send(address, message);
    }

    @Override
    public void publish(String address, Message message) {
      bus.publish(address, message);
    }

    @Override
    public Completable listen(String address, Consumer<Message> listener) {
      return bus.listen(address, listener);
    }
  }

  private final class WitnessedRegistry implements Registry {
    private final Registry registry;

    WitnessedRegistry(Registry registry) {
      this.registry = registry;
    }

    @Override
    public Completable join(Member self) {
      return written(registry.join(self));
    }

    @Override
    public Completable touch() {
      return written(registry.touch());
    }

    private Completable written(Completable write) {
      return Completable.defer(
          () -> {
            long sent = machine.nanos();
            return write.doOnComplete(() -> machine.mayGoOn(sent + Surroundings.SESSION.toNanos()));
          });
    }

    @Override
    public Completable leave() {
      return registry.leave();
    }

    @Override
    public List<Member> members() {
      return registry.members();
    }

    @Override
    public Disposable onMembers(Consumer<List<Member>> listener) {
      return registry.onMembers(listener);
    }

    @Override
    public Disposable onState(Consumer<RegistryState> listener) {
      return registry.onState(listener);
    }

    @Override
    public Single<Optional<MemberId>> leader(Role role) {
      return registry.leader(role);
    }
  }
}

package io.porpoise.cluster.zookeeper;

import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells the event bus who serves an address now. The stock cluster manager reads that on several
 * threads at once, so that the older of two answers may come last and stay: a published heartbeat
 * would then miss a listener for good. Here an address is read by one at a time, and read again
 * when something has changed meanwhile.
 */
final class NewestRegistrations implements RegistrationListener {
  private final RegistrationListener listener;
  private final BiConsumer<String, Completable<List<RegistrationInfo>>> reader;
  private final Map<String, Boolean> changedWhileReading = new HashMap<>();

  NewestRegistrations(
      RegistrationListener listener,
      BiConsumer<String, Completable<List<RegistrationInfo>>> reader) {
    this.listener = listener;
    this.reader = reader;
  }

  @Override
  public void registrationsUpdated(RegistrationUpdateEvent event) {
    String address = event.address();
    if (!listener.wantsUpdatesFor(address)) {
      return; // it will read itself when it needs to
    }
    synchronized (this) {
      if (changedWhileReading.replace(address, true) != null) {
        return;
      }
      changedWhileReading.put(address, false);
    }
    read(address);
  }

  @Override
  public void registrationsLost() {
    listener.registrationsLost();
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return listener.wantsUpdatesFor(address);
  }

  private void read(String address) {
    reader.accept(
        address,
        (registrations, error) -> {
          listener.registrationsUpdated(
              new RegistrationUpdateEvent(address, error == null ? registrations : List.of()));
          if (hasChangedMeanwhile(address)) {
            read(address);
          }
        });
  }

  private synchronized boolean hasChangedMeanwhile(String address) {
    if (changedWhileReading.get(address)) {
      changedWhileReading.put(address, false);
      return true;
    }
    changedWhileReading.remove(address);
    return false;
  }
}

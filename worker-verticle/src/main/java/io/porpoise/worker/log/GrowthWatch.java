package io.porpoise.worker.log;

import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when files in some directories change: one thread for all of them, by the kernel's
 * notifications. Where there are none (too many watches, network file systems) the readers' own
 * slow look behind it must do.
 *
 * <p>A directory that was told of is not watched again before somebody asks for it: a log that
 * grows without pause costs one notification per reader's request, not one per write.
 */
public final class GrowthWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GrowthWatch.class);

  /** Directories that nobody waits for stay known for a while: most readers come back at once. */
  private static final int IDLE_MAX = 256;

  private static final class Watched {
    WatchKey key;
    boolean told;
    final List<Runnable> listeners = new ArrayList<>();
  }

  private final WatchService service;
  private final Executor loop;
  private final Offload files;
  private final CompositeDisposable running = new CompositeDisposable();
  private final Map<Path, Watched> watched = new HashMap<>();

  /**
   * @param files where registrations are made; they wait for the watching thread
   */
  public GrowthWatch(Executor loop, Offload files) throws IOException {
    this.loop = loop;
    this.files = files;
    service = FileSystems.getDefault().newWatchService();
    Thread thread = new Thread(this::run, "worker-log-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Calls back after each change, and once when it begins to watch. On the event loop only. */
  Disposable onGrowth(Path directory, Runnable listener) {
    Watched entry = watched.get(directory);
    if (entry == null) {
      entry = new Watched();
      watched.put(directory, entry);
      register(directory, entry);
    } else if (entry.told) {
      entry.told = false;
      entry.key.reset(); // tells at once when something has changed meanwhile
    }
    Watched present = entry;
    present.listeners.add(listener);
    return Disposable.fromRunnable(() -> left(directory, present, listener));
  }

  @Override
  public void close() {
    running.dispose();
    try {
      service.close();
    } catch (IOException e) {
      log.atDebug().log("Watch service: {}", e.getMessage());
    }
  }

  private void register(Path directory, Watched entry) {
    files
        .call(() -> directory.register(service, StandardWatchEventKinds.ENTRY_MODIFY))
        .subscribe(
            key -> registered(directory, entry, key),
            error -> notRegistered(directory, entry, error),
            running);
  }

  private void registered(Path directory, Watched entry, WatchKey key) {
    entry.key = key;
    if (watched.get(directory) != entry) {
      key.cancel();
    } else {
      tell(entry);
    }
  }

  private void notRegistered(Path directory, Watched entry, Throwable error) {
    log.atDebug().addKeyValue("directory", directory).log("Not watched: {}", error.getMessage());
    watched.remove(directory, entry);
  }

  private void left(Path directory, Watched entry, Runnable listener) {
    entry.listeners.remove(listener);
    if (entry.listeners.isEmpty() && watched.size() > IDLE_MAX) {
      watched.remove(directory, entry);
      if (entry.key != null) {
        WatchKey key = entry.key;
        files.run(key::cancel).subscribe(() -> {}, error -> {}, running);
      }
    }
  }

  private void changed(WatchKey key) {
    Watched entry = watched.get((Path) key.watchable());
    if (entry == null || entry.key != key) {
      return;
    }
    if (!key.isValid()) {
      watched.remove((Path) key.watchable(), entry); // the directory was released
    }
    entry.told = true;
    tell(entry);
  }

  private static void tell(Watched entry) {
    List.copyOf(entry.listeners).forEach(Runnable::run);
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = service.take();
        key.pollEvents();
        loop.execute(() -> changed(key));
      }
    } catch (ClosedWatchServiceException closed) {
      log.atDebug().log("Watch service closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

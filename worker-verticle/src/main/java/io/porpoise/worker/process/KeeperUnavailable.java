package io.porpoise.worker.process;

/** There is no keeper that answers. */
final class KeeperUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeeperUnavailable(String message) {
    super(message, null, false, false);
  }
}

package io.porpoise.api.stream;

/** One thing that one socket has subscribed to. */
interface Subscription {
  /** The client may be sent so many bytes more. */
  void grant(long bytes);

  /** The socket takes more again. */
  void proceed();

  /** Nobody wants it any longer. */
  void close();
}

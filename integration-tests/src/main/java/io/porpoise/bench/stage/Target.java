package io.porpoise.bench.stage;

import java.io.IOException;

/** What is under load: a server, or a cluster of processes. */
public interface Target {
  Api api();

  Rows rows();

  Usage usage() throws IOException;

  /** Fails if a master met something unexpected. */
  void checkCalm() throws IOException, InterruptedException;
}

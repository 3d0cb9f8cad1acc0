package io.porpoise.worker;

import io.porpoise.node.Launcher;

/** A worker as a process of its own. */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] arguments) {
    Launcher.launch(new WorkerProgram(), arguments);
  }
}

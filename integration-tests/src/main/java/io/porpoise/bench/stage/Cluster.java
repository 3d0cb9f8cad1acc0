package io.porpoise.bench.stage;

import io.porpoise.processes.ClusterProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster of processes under load. */
public final class Cluster implements Target, AutoCloseable {
  private final ClusterProcesses processes;
  private final Api api;
  private final Rows rows;

  /** Of processes that are up. */
  Cluster(ClusterProcesses processes) throws IOException, InterruptedException {
    this.processes = processes;
    api = new Api(processes.url("api-1"), "admin", processes.adminPassword());
    rows =
        new Rows(processes.databaseUri(), processes.databaseUser(), processes.databasePassword());
  }

  public ClusterProcesses processes() {
    return processes;
  }

  @Override
  public Api api() {
    return api;
  }

  @Override
  public Rows rows() {
    return rows;
  }

  @Override
  public Usage usage() throws IOException {
    double jvms = 0;
    double overhead = 0;
    double keepers = 0;
    double children = 0;
    for (String member : processes.members()) {
      Proc jvm = proc(member);
      jvms += jvm.cpuSeconds();
      overhead += jvm.overheadSeconds();
      Path keeper = processes.directory().resolve(member).resolve("worker/keeper/pid");
      if (Files.exists(keeper)) {
        keepers += proc(member + "/worker/keeper").cpuSeconds();
        children += proc(member + "/worker/keeper").childrenSeconds();
      }
    }
    return new Usage(
        jvms,
        overhead,
        proc("mariadb").cpuSeconds(),
        keepers,
        children,
        new Proc(ProcessHandle.current().pid()).cpuSeconds());
  }

  private Proc proc(String name) throws IOException {
    return new Proc(processes.process(name).pid());
  }

  @Override
  public void checkCalm() throws IOException {
    Invariants.calm(processes);
  }

  @Override
  public void close() throws IOException {
    rows.close();
    processes.close();
  }
}

package io.porpoise.node.config;

/** All of a process's configuration; each helper of the start reads its own section. */
public record Config(
    NodeConfig node,
    ClusterConfig cluster,
    ZooKeeperConfig zookeeper,
    DatabaseConfig database,
    MasterConfig master,
    WorkerConfig worker,
    ApiConfig api,
    AdminConfig admin,
    AlertConfig alert,
    RetentionConfig retention,
    StandaloneConfig standalone,
    LogConfig log) {
  /** What applies when nobody says otherwise. */
  public static Config defaults() {
    return ConfigBinder.bind(java.util.Map.of());
  }
}

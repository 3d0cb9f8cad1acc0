package io.porpoise.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path conf;

  @Test
  void without_any_file_the_defaults_apply() {
    Config config = load(Map.of());

    assertThat(config).isEqualTo(Config.defaults());
    assertThat(config.cluster().attemptLease()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.api().bodyLimit().bytes()).isEqualTo(4L << 20);
    assertThat(config.worker().groups()).containsExactly("default");
    assertThat(config.worker().stopMode()).isEqualTo(WorkerConfig.StopMode.LEAVE);
    assertThat(config.database().uri()).isEmpty();
  }

  @Test
  void each_layer_overrides_the_one_before() throws IOException {
    Files.writeString(
        conf.resolve("porpoise.yaml"),
        "database: {pool_size: 11, user: file, connect_timeout: 1s}\nmaster: {sweep_interval: 1s}\n");
    Files.writeString(conf.resolve("master.yaml"), "database:\n  pool_size: 12\n  user: service\n");
    Files.writeString(conf.resolve("worker.yaml"), "database: {pool_size: 99}\n");

    Config config = load(Map.of("PORPOISE_DATABASE_POOL_SIZE", "13"), "database.pool_size=14");

    assertThat(config.database().poolSize()).isEqualTo(14);
    assertThat(config.database().user()).isEqualTo("service");
    assertThat(config.database().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.master().sweepInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(load(Map.of("PORPOISE_DATABASE_POOL_SIZE", "13")).database().poolSize())
        .isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource({
    "database.uri, PORPOISE_DATABASE_URI",
    "zookeeper.connect, PORPOISE_ZOOKEEPER_CONNECT",
    "api.port, PORPOISE_API_PORT",
    "admin.password, PORPOISE_ADMIN_PASSWORD",
    "worker.stop_mode, PORPOISE_WORKER_STOP_MODE"
  })
  void the_variable_of_a_key_is_its_path_in_upper_case(String key, String variable) {
    assertThat(ConfigBinder.keys()).contains(key);
    assertThat(ConfigLoader.variableOf(key)).isEqualTo(variable);
  }

  @Test
  void no_two_keys_have_the_same_variable() {
    assertThat(ConfigBinder.keys().stream().map(ConfigLoader::variableOf)).doesNotHaveDuplicates();
  }

  @Test
  void a_list_may_be_written_with_commas_or_as_yaml() throws IOException {
    Files.writeString(conf.resolve("porpoise.yaml"), "worker:\n  groups:\n  - a\n  - b\n");

    assertThat(load(Map.of()).worker().groups()).containsExactly("a", "b");
    assertThat(load(Map.of(), "worker.groups=x, y").worker().groups()).containsExactly("x", "y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api.prot=1 | --set: unknown key 'api.prot' (value '1'); did you mean api.port?",
        "database.pasword=x"
            + " | --set: unknown key 'database.pasword' (value '(secret)'); did you mean database.password?",
        "colour=red | --set: unknown key 'colour' (value 'red'); conf/porpoise.yaml lists all keys",
        "api.port=70000 | --set: api.port is '70000' but must be a whole number from 0 to 65535",
        "api.port=http | --set: api.port is 'http' but must be a whole number from 0 to 65535",
        "master.sweep_interval=5 | --set: master.sweep_interval is '5' but must be a duration"
            + " (200ms, 5s, 10m, 2h, 7d) from 100ms to 10m",
        "api.body_limit=1TB | --set: api.body_limit is '1TB' but must be a size"
            + " (65536, 64KiB, 4MiB, 2GiB) from 1KiB to 64MiB",
        "worker.stop_mode=die"
            + " | --set: worker.stop_mode is 'die' but must be one of leave, wait, kill",
        "worker.max_cpu=NaN | --set: worker.max_cpu is 'NaN' but must be a number from 0.1 to 1.0",
        "worker.groups= | worker.groups is empty but must name at least one worker group",
        "worker.kill_grace=8s"
            + " | worker.kill_grace is 8s but must be less than cluster.kill_time, which is 7s",
        "nonsense | --set nonsense: must be key=value"
      })
  void a_bad_setting_is_refused_with_one_line(String setting, String line) {
    assertThatThrownBy(() -> load(Map.of(), setting))
        .isInstanceOf(ConfigException.class)
        .hasMessage(line);
  }

  @Test
  void an_error_in_a_file_names_file_and_line() throws IOException {
    Path file = conf.resolve("porpoise.yaml");

    Files.writeString(file, "node:\n  data: x\nmastr:\n  shards: 2\n");
    assertRefused(
        file + " line 4: unknown key 'mastr.shards' (value '2'); did you mean master.shards?");
    Files.writeString(file, "api:\n  port: [1, 2]\n");
    assertRefused(file + " line 2: api.port is '1,2' but must be a whole number from 0 to 65535");
    Files.writeString(file, "api:\n  port: {colour: {red: 1}}\n");
    assertRefused(
        file
            + " line 2: unknown key 'api.port.colour.red' (value '1'); conf/porpoise.yaml lists all keys");
    Files.writeString(file, "just text");
    assertRefused(file + " line 1: the file must consist of 'key: value' lines");
    Files.writeString(file, "api: {port: 1\nmaster: [");
    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + " line 2: not valid YAML: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_misspelt_variable_is_refused() {
    assertThatThrownBy(() -> load(Map.of("PORPOISE_DATABSE_URI", "mysql://db/x")))
        .hasMessage(
            "unknown environment variable PORPOISE_DATABSE_URI; did you mean PORPOISE_DATABASE_URI?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PORPOISE_TOKEN=abc",
        "PORPOISE_API_PORT=tcp://10.0.0.7:12345",
        "PORPOISE_API_SERVICE_HOST=10.0.0.7",
        "PORPOISE_API_PORT_12345_TCP_ADDR=10.0.0.7",
        "PORPOISE_PORT=tcp://10.0.0.7:12345"
      })
  void variables_of_the_command_line_and_of_kubernetes_are_no_keys(String variable) {
    String[] parts = variable.split("=");

    assertThat(load(Map.of(parts[0], parts[1]))).isEqualTo(Config.defaults());
  }

  @Test
  void a_secret_is_never_shown() {
    Config config =
        load(Map.of("PORPOISE_DATABASE_PASSWORD", "s3cret-one"), "admin.password=s3cret-two");

    assertThat(config.database().password().value()).isEqualTo("s3cret-one");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  private void assertRefused(String line) {
    assertThatThrownBy(() -> load(Map.of())).isInstanceOf(ConfigException.class).hasMessage(line);
  }

  private Config load(Map<String, String> environment, String... settings) {
    return ConfigLoader.load(conf, "master", environment, List.of(settings));
  }
}

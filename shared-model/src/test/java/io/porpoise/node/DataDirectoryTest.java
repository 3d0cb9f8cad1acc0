package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temp;

  @Test
  void the_node_keeps_its_id_and_begins_a_new_life_at_each_start() throws IOException {
    MemberId first = begin(Role.WORKER);
    MemberId second = begin(Role.WORKER);

    assertThat(first.node().value()).startsWith("worker-");
    assertThat(first.incarnation()).isEqualTo(1);
    assertThat(second.supersedes(first)).isTrue();
    assertThat(second.incarnation()).isEqualTo(2);
  }

  @Test
  void each_role_has_an_id_of_its_own() throws IOException {
    assertThat(begin(Role.MASTER).node()).isNotEqualTo(begin(Role.API).node());
    assertThat(begin(Role.MASTER).incarnation()).isEqualTo(2);
  }

  @Test
  void a_configured_id_is_taken_once_and_then_must_stay() throws IOException {
    assertThat(begin(Role.MASTER, "m1").node().value()).isEqualTo("m1");
    assertThat(begin(Role.MASTER).node().value()).isEqualTo("m1");

    assertThatThrownBy(() -> begin(Role.MASTER, "m2"))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "node.id is 'm2' but %s belongs to node 'm1': take that id, or another node.data"
                .formatted(temp.resolve("nodes/master")));
    assertThatThrownBy(() -> begin(Role.API, "a b"))
        .hasMessageStartingWith("node.id: node id 'a b'");
  }

  @Test
  void a_second_holder_is_refused_until_the_first_lets_go() throws IOException {
    try (DataDirectory held = DataDirectory.open(temp)) {
      assertThatThrownBy(() -> DataDirectory.open(held.path()))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "data directory %s is in use by process %d: stop it, or choose another directory with --set node.data=DIR"
                  .formatted(temp, ProcessHandle.current().pid()));
    }

    DataDirectory.open(temp).close();
  }

  @Test
  void a_directory_of_another_format_is_refused_and_left_alone() throws IOException {
    Files.writeString(temp.resolve("format"), "7\n");

    assertThatThrownBy(() -> DataDirectory.open(temp))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("has format 7, this version of Porpoise needs format 1: ");
    assertThat(temp.resolve("format")).hasContent("7");

    Files.writeString(temp.resolve("format"), DataDirectory.FORMAT);
    DataDirectory.open(temp).close();
  }

  @Test
  void a_path_that_is_no_directory_is_refused_with_one_line() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("data directory " + file.resolve("data") + " cannot be used: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_damaged_counter_is_refused_rather_than_begun_anew() throws IOException {
    begin(Role.MASTER);
    Files.writeString(temp.resolve("nodes/master/incarnation"), "x");

    assertThatThrownBy(() -> begin(Role.MASTER))
        .hasMessageEndingWith("is damaged: it must hold the number of the node's last start");
  }

  @Test
  void a_secret_file_is_for_its_owner_only() throws IOException {
    Path file = temp.resolve("password");
    DurableFile.writeSecret(file, "one");
    DurableFile.writeSecret(file, "two");

    assertThat(DurableFile.read(file)).contains("two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private MemberId begin(Role role) throws IOException {
    return begin(role, null);
  }

  private MemberId begin(Role role, String id) throws IOException {
    try (DataDirectory data = DataDirectory.open(temp)) {
      return data.begin(role, Optional.ofNullable(id));
    }
  }
}

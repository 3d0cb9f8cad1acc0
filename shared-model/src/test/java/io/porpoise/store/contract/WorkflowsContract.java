package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.definition.document.WorkflowDocument;
import io.porpoise.instance.ExecutionType;
import io.porpoise.store.Projects.Project;
import io.porpoise.store.RunStore.VersionedDefinition;
import io.porpoise.store.Workflows;
import io.porpoise.store.Workflows.Saved;
import io.porpoise.store.Workflows.Version;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions and their versions. */
public abstract class WorkflowsContract {
  private static final Instant LATER = NOON.plusSeconds(60);

  private Project project;

  protected abstract StoreStage stage();

  @BeforeEach
  void a_project() {
    project = stage().await(stage().projects().create("etl", "", "ann", NOON)).orElseThrow();
  }

  private Workflows workflows() {
    return stage().workflows();
  }

  private static WorkflowDefinition definition(String... tasks) {
    return WorkflowDefinition.of(
        "daily",
        Stream.of(tasks).map(task -> TaskDefinition.shell(task, "echo " + task)).toList(),
        List.of());
  }

  private Single<Saved> saving(Instant now, ReleaseState state, String... tasks) {
    return workflows()
        .save(
            project.id(),
            "daily",
            "what for",
            CanonicalJson.write(WorkflowDocument.of(definition(tasks))),
            List.of(tasks),
            state,
            ExecutionType.PARALLEL,
            "ann",
            now);
  }

  @CanIgnoreReturnValue
  private Saved save(String... tasks) {
    return stage().await(saving(NOON, ReleaseState.ONLINE, tasks));
  }

  private VersionedDefinition load(Saved saved) {
    return stage()
        .await(stage().runs().definition(saved.workflow().id(), saved.workflow().version()));
  }

  @Test
  void the_first_save_creates_version_1() {
    Saved saved = save("extract", "load");
    long id = saved.workflow().id();

    assertThat(saved)
        .isEqualTo(
            new Saved(
                new Workflow(
                    id,
                    project.id(),
                    "etl",
                    "daily",
                    1,
                    ReleaseState.ONLINE,
                    ExecutionType.PARALLEL,
                    "what for",
                    NOON,
                    NOON),
                Saved.Change.CREATED));
    assertThat(stage().await(workflows().find("etl", "daily"))).contains(saved.workflow());
    assertThat(stage().await(workflows().find("etl", "weekly"))).isEmpty();
    assertThat(stage().await(workflows().find("other", "daily"))).isEmpty();
  }

  @Test
  void another_document_is_a_new_version_and_the_old_one_stays() {
    Saved first = save("extract");
    Saved second = stage().await(saving(LATER, ReleaseState.OFFLINE, "extract", "load"));

    assertThat(second.change()).isEqualTo(Saved.Change.NEW_VERSION);
    assertThat(second.workflow().version()).isEqualTo(2);
    assertThat(second.workflow().releaseState()).isEqualTo(ReleaseState.OFFLINE);
    assertThat(second.workflow().createdAt()).isEqualTo(NOON);
    assertThat(second.workflow().updatedAt()).isEqualTo(LATER);
    long id = first.workflow().id();
    assertThat(stage().await(workflows().version(id, 1)))
        .contains(
            new Version(
                id,
                1,
                CanonicalJson.write(WorkflowDocument.of(definition("extract"))),
                "ann",
                NOON));
    assertThat(stage().await(workflows().version(id, 2))).map(Version::createdAt).contains(LATER);
    assertThat(stage().await(workflows().version(id, 3))).isEmpty();
  }

  @Test
  void the_same_document_keeps_the_version_but_may_change_the_release_state() {
    save("extract");

    Saved same = stage().await(saving(LATER, ReleaseState.ONLINE, "extract"));
    Saved offline = stage().await(saving(LATER, ReleaseState.OFFLINE, "extract"));

    assertThat(same.change()).isEqualTo(Saved.Change.UNCHANGED);
    assertThat(same.workflow().updatedAt()).isEqualTo(NOON);
    assertThat(offline.change()).isEqualTo(Saved.Change.UNCHANGED);
    assertThat(offline.workflow().version()).isEqualTo(1);
    assertThat(offline.workflow().releaseState()).isEqualTo(ReleaseState.OFFLINE);
  }

  @Test
  void a_task_keeps_its_code_over_all_versions_also_when_it_was_away() {
    Map<String, Long> first = load(save("extract", "load")).taskCodes();
    Map<String, Long> without = load(save("load")).taskCodes();
    Map<String, Long> again = load(save("extract", "load", "report")).taskCodes();

    assertThat(first.get("extract")).isNotEqualTo(first.get("load"));
    assertThat(without.get("load")).isEqualTo(first.get("load"));
    assertThat(again).containsKey("report").containsAllEntriesOf(first);
  }

  @Test
  void masters_load_what_was_saved() {
    Saved saved = save("extract", "load");

    VersionedDefinition loaded = load(saved);

    assertThat(loaded.definition()).isEqualTo(definition("extract", "load"));
    assertThat(loaded.projectId()).isEqualTo(project.id());
    assertThat(loaded.projectName()).isEqualTo("etl");
    assertThat(loaded.workflowId()).isEqualTo(saved.workflow().id());
    assertThat(loaded.version()).isEqualTo(1);
  }

  @Test
  void a_large_definition_comes_back_whole() {
    String[] tasks =
        Stream.iterate(1, i -> i + 1).limit(2000).map(i -> "t" + i).toArray(String[]::new);

    VersionedDefinition loaded = load(save(tasks));

    assertThat(loaded.definition().tasks()).hasSize(2000);
    assertThat(loaded.taskCodes()).hasSize(2000);
  }

  @Test
  void saves_at_the_same_moment_follow_each_other() {
    List<Single<Saved>> saves = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      saves.add(saving(NOON, ReleaseState.ONLINE, "extract", "t" + i));
    }

    List<Saved> saved = stage().await(Single.mergeDelayError(saves).toList());

    assertThat(saved)
        .extracting(s -> s.workflow().version())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(saved).filteredOn(s -> s.change() == Saved.Change.CREATED).hasSize(1);
  }

  @Test
  void release_tells_whether_it_changed_the_state() {
    long id = save("extract").workflow().id();

    assertThat(stage().await(workflows().release(id, ReleaseState.ONLINE, LATER))).isFalse();
    assertThat(stage().await(workflows().release(id, ReleaseState.OFFLINE, LATER))).isTrue();
    assertThat(stage().await(workflows().find("etl", "daily")))
        .map(Workflow::releaseState)
        .contains(ReleaseState.OFFLINE);
  }
}

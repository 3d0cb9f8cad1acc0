package io.porpoise.store.contract;

import static io.porpoise.store.contract.Rows.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.store.Projects;
import io.porpoise.store.Projects.Project;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Projects. */
public abstract class ProjectsContract {
  protected abstract StoreStage stage();

  private Projects projects() {
    return stage().projects();
  }

  private Project create(String name) {
    return stage().await(projects().create(name, "what for", "ann", NOON)).orElseThrow();
  }

  @Test
  void a_project_is_found_by_its_name() {
    Project created = create("etl");

    assertThat(created).isEqualTo(new Project(created.id(), "etl", "what for", "ann", NOON));
    assertThat(stage().await(projects().byName("etl"))).contains(created);
    assertThat(stage().await(projects().byName("ETL"))).isEmpty();
  }

  @Test
  void a_name_that_is_taken_creates_nothing() {
    Project first = create("etl");

    assertThat(stage().await(projects().create("etl", "again", "bob", NOON))).isEmpty();
    assertThat(stage().await(projects().byName("etl"))).contains(first);
  }

  @Test
  void the_list_is_newest_first_and_comes_in_pages() {
    Project a = create("a");
    Project c = create("c");
    Project b = create("b");

    List<Project> page = stage().await(projects().list(0, 2));

    assertThat(page).containsExactly(b, c);
    assertThat(stage().await(projects().list(c.id(), 2))).containsExactly(a);
  }
}

package io.porpoise.api.workflow;

import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.document.DocumentError;
import io.porpoise.definition.document.Limits;
import io.porpoise.definition.document.Mention;
import io.porpoise.definition.document.Mention.Kind;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Workflows;
import io.porpoise.text.Nearest;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether there is what a document names outside of itself.
 *
 * <p>A task group must be there: it is made by hand and before, and a mistyped one would only be
 * noticed when the task fails. A sub-workflow may be saved later, so that files can be loaded in
 * any order: one that is missing or OFFLINE is a warning, and fails the task that wants to start
 * it. A worker group may get its workers later and is not checked; its tasks wait and say for what.
 */
final class Surroundings {
  /** Children that are looked up; what more a document names goes without warnings. */
  private static final int CHILDREN_MAX = 100;

  /** To guess what was meant costs a comparison with every group, on the event loop. */
  private static final int GUESSES_MAX = 20;

  private static final int GUESSED_OF_MAX = 1_000;

  private record Child(String project, String name) {}

  private final TaskGroups groups;
  private final Workflows workflows;

  Surroundings(TaskGroups groups, Workflows workflows) {
    this.groups = groups;
    this.workflows = workflows;
  }

  /** The same result, with what is not there as errors and warnings. */
  Single<Checked> check(ReadResult read) {
    List<Mention> ofGroups = of(Kind.TASK_GROUP, read);
    List<Mention> ofWorkflows = of(Kind.WORKFLOW, read);
    return missingGroups(ofGroups)
        .flatMap(
            errors ->
                errors.isEmpty()
                    ? warnings(ofWorkflows).map(warnings -> new Checked(read, warnings))
                    : Single.just(new Checked(ReadResult.wrong(errors), List.of())));
  }

  /**
   * What is known of a document that somebody wants to save.
   *
   * @param warnings what does not hinder a save; none when there are errors
   */
  record Checked(ReadResult result, List<DocumentError> warnings) {}

  private static List<Mention> of(Kind kind, ReadResult read) {
    return read.mentions().stream().filter(mention -> mention.kind() == kind).toList();
  }

  private Single<List<DocumentError>> missingGroups(List<Mention> mentions) {
    if (mentions.isEmpty()) {
      return Single.just(List.of());
    }
    return groups
        .list()
        .map(
            all ->
                all.stream()
                    .map(TaskGroups.Group::name)
                    .collect(Collectors.toCollection(TreeSet::new)))
        .map(known -> missing(mentions, known));
  }

  private static List<DocumentError> missing(List<Mention> mentions, Set<String> known) {
    List<DocumentError> errors = new ArrayList<>();
    for (Mention mention : mentions) {
      if (errors.size() < Limits.ERRORS_MAX && !known.contains(mention.name())) {
        boolean isGuessed = errors.size() < GUESSES_MAX && known.size() < GUESSED_OF_MAX;
        errors.add(mention.error(noGroup(mention.name(), isGuessed ? known : Set.of())));
      }
    }
    return errors;
  }

  private static String noGroup(String name, Collection<String> known) {
    String hint = Nearest.didYouMean(name, known);
    return "there is no task group \""
        + name
        + "\""
        + (hint.isEmpty() ? "; make it first (PUT /api/v1/task-groups/…)" : hint);
  }

  private Single<List<DocumentError>> warnings(List<Mention> mentions) {
    Map<Child, Mention> first = new LinkedHashMap<>();
    for (Mention mention : mentions) {
      if (first.size() < CHILDREN_MAX) {
        first.putIfAbsent(new Child(mention.project(), mention.name()), mention);
      }
    }
    return Flowable.fromIterable(new ArrayList<>(first.values()))
        .concatMapMaybe(this::warning)
        .toList();
  }

  private Maybe<DocumentError> warning(Mention mention) {
    String name = "workflow \"" + mention.project() + "/" + mention.name() + "\"";
    String missing = "there is no " + name + " yet; this task fails until it is saved";
    String offline = name + " is OFFLINE; this task fails until it is released ONLINE";
    return workflows
        .find(mention.project(), mention.name())
        .map(found -> found.releaseState() == ReleaseState.ONLINE ? "" : offline)
        .defaultIfEmpty(missing)
        .filter(text -> !text.isEmpty())
        .map(mention::error);
  }
}

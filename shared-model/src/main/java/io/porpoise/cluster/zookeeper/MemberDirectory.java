package io.porpoise.cluster.zookeeper;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All members of the cluster as ZooKeeper shows them to this process, kept by one watch. A former
 * life of a node is passed over as soon as a later one has joined, however long its session lasts.
 */
final class MemberDirectory {
  private static final Logger log = LoggerFactory.getLogger(MemberDirectory.class);
  private static final String MEMBERS = "/members";
  private static final String TOUCHES = "/touch";

  private final CuratorCache cache;
  private final CompletableSubject loaded = CompletableSubject.create();
  private final Broadcast<List<Member>> members = new Broadcast<>(List.of());

  MemberDirectory(Connection connection) {
    cache =
        CuratorCache.builder(connection.curator(), MEMBERS)
            .withExceptionHandler(e -> log.atDebug().setCause(e).log("A member was not read"))
            .build();
    cache
        .listenable()
        .addListener(
            CuratorCacheListener.builder()
                .forAll((type, before, after) -> members.publish(present()))
                .forInitialized(loaded::onComplete)
                .build());
  }

  /** Completes when all members that are there have been read. */
  Completable start() {
    return Completable.fromAction(cache::start).andThen(loaded);
  }

  /** In the order of their ids. */
  Broadcast<List<Member>> members() {
    return members;
  }

  /** The member of the role that has been there for the longest time. */
  Optional<MemberId> longestStanding(Role role) {
    List<Member> present = members.value();
    return standings()
        .filter(s -> s.member().id().role() == role && present.contains(s.member()))
        .min(Comparator.comparingLong(Standing::since))
        .map(s -> s.member().id());
  }

  /** The lives of this member's node before this one, as far as their entries still stand. */
  List<MemberId> formerLives(MemberId member) {
    return standings().map(s -> s.member().id()).filter(member::supersedes).toList();
  }

  /** Where a member's entry stands. */
  static String entryOf(MemberId member) {
    return MEMBERS + "/" + nameOf(member);
  }

  /** What a member touches; not its entry, which all the others watch. */
  static String touchedBy(MemberId member) {
    return TOUCHES + "/" + nameOf(member);
  }

  private List<Member> present() {
    List<Member> all = standings().map(Standing::member).toList();
    return all.stream()
        .filter(m -> all.stream().noneMatch(other -> other.id().supersedes(m.id())))
        .sorted(Comparator.comparing(Member::id))
        .toList();
  }

  private Stream<Standing> standings() {
    return cache.stream().filter(e -> e.getPath().startsWith(MEMBERS + "/")).flatMap(this::read);
  }

  private Stream<Standing> read(ChildData entry) {
    try {
      return Stream.of(new Standing(MemberJson.read(entry.getData()), entry.getStat().getCzxid()));
    } catch (IOException e) {
      log.atWarn().addKeyValue("path", entry.getPath()).log("Not a member: {}", e.getMessage());
      return Stream.empty();
    }
  }

  private static String nameOf(MemberId member) {
    return member.role().name().toLowerCase(Locale.ROOT)
        + "-"
        + member.node()
        + "-"
        + member.incarnation();
  }

  /**
   * A member's entry.
   *
   * @param since the transaction that made it; grows with time over the whole cluster
   */
  private record Standing(Member member, long since) {}
}

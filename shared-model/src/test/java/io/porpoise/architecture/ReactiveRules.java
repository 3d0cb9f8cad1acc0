package io.porpoise.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * How RxJava and Vert.x are used. {@code accessTargetWhere} sees calls and method references alike;
 * {@code callMethodWhere} would miss {@code this::subscribe}.
 */
final class ReactiveRules {
  private static final String RX = "io.reactivex.rxjava3.core";

  private static final Set<String> OWNERS =
      Set.of(
          "io.reactivex.rxjava3.disposables.DisposableContainer",
          RX + ".SingleObserver",
          RX + ".MaybeObserver",
          RX + ".CompletableObserver",
          RX + ".FlowableSubscriber",
          "org.reactivestreams.Subscriber");

  private ReactiveRules() {}

  @ArchTest
  static final ArchRule every_subscription_has_an_owner =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("subscribes without an owner", ReactiveRules::subscribesWithoutOwner))
          .because("what nobody owns is disposed by nobody: subscribe(onNext, onError, owner)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothing_blocks_on_a_chain =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "blocks on a chain",
                  a -> isRx(a.getTargetOwner()) && a.getTarget().getName().startsWith("blocking")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule timed_operators_name_their_scheduler =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "is timed by a thread of its own",
                  a ->
                      isRx(a.getTargetOwner())
                          && !a.getTargetOwner().getName().startsWith(RX + ".Scheduler")
                          && Accesses.hasParameter(a, "java.util.concurrent.TimeUnit")
                          && !Accesses.hasParameter(a, RX + ".Scheduler")))
          .because("the default scheduler leaves the event loop, and no test can turn its clock")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule streams_are_flowables =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(RX + ".Observable")
          .because("an Observable has no bound")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule vertx_is_called_lazily =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("calls the eager twin of a rx method", ReactiveRules::isEagerTwin))
          .because("the unprefixed method is running before anybody subscribes")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule no_chain_leaves_its_event_loop =
      noClasses()
          .that()
          .resideInAnyPackage("io.porpoise.master..", "io.porpoise.worker..", "io.porpoise.alert..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.reactivex.rxjava3.schedulers.Schedulers")
          .because("an actor is touched by one thread only")
          .allowEmptyShould(true);

  private static boolean subscribesWithoutOwner(JavaAccess<?> access) {
    if (!isRx(access.getTargetOwner())
        || !Accesses.isMethod(access)
        || !access.getTarget().getName().equals("subscribe")) {
      return false;
    }
    List<JavaClass> parameters = Accesses.parameters(access);
    return parameters.isEmpty()
        || !OWNERS.contains(parameters.get(parameters.size() - 1).getName());
  }

  private static boolean isEagerTwin(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (!owner.getPackageName().startsWith("io.vertx.rxjava3") || !Accesses.isMethod(access)) {
      return false;
    }
    String lazy = "rx" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return owner.getAllMethods().stream().anyMatch(m -> m.getName().equals(lazy));
  }

  private static boolean isRx(JavaClass owner) {
    return owner.getPackageName().equals(RX);
  }
}

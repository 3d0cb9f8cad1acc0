package io.porpoise.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * Where things may stand and what they may touch: the rules that every module's {@code
 * ArchitectureTest} holds. The rules about RxJava are in {@link ReactiveRules}; that verticle
 * modules see the shared model only is a matter of their poms, which {@link TidyTest} reads.
 *
 * <p>A rule whose packages a module does not have says nothing there, hence {@code
 * allowEmptyShould}.
 */
final class ArchitectureRules {
  /**
   * Decisions without a clock, chance, I/O, threads or a logger: the same input, the same output.
   */
  private static final String[] PURE = {
    "io.porpoise.definition",
    "io.porpoise.instance..",
    "io.porpoise.command..",
    "io.porpoise.schedule..",
    "io.porpoise.parameter..",
    "io.porpoise.expression..",
    "io.porpoise.master.engine..",
    "io.porpoise.worker.lifecycle..",
    "io.porpoise.alert.delivery.."
  };

  private static final String[] VALUES_OF_JAVA = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke", // lambdas and string concatenation
    "java.lang.runtime", // records
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "java.time..",
    "java.math",
    "java.text",
    "java.nio.charset"
  };

  private static final String[] PURE_LIBRARIES = {
    "com.cronutils..", "com.fasterxml.jackson.annotation", "org.apache.commons.jexl3.."
  };

  private static final String[] DATABASE = {
    "io.vertx.sqlclient..",
    "io.vertx.mysqlclient..",
    "io.vertx.rxjava3.sqlclient..",
    "io.vertx.rxjava3.mysqlclient..",
    "java.sql..",
    "javax.sql.."
  };

  private ArchitectureRules() {}

  @ArchTest
  static final ArchRule pure_packages_see_only_values =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PURE)
                  .or(resideInAnyPackage(VALUES_OF_JAVA))
                  .or(resideInAnyPackage(PURE_LIBRARIES))
                  .or(describe("are values of the shared model", ArchitectureRules::isValue))
                  .or(describe("are bytes in memory", ArchitectureRules::isBytes)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pure_packages_ask_no_clock_and_no_dice =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              describe("reads a clock or draws at random", ArchitectureRules::varies))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule time_is_asked_of_the_clock_port =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.porpoise.master..",
              "io.porpoise.worker..",
              "io.porpoise.alert..",
              "io.porpoise.api..")
          .should()
          .accessTargetWhere(describe("reads a clock", ArchitectureRules::readsClock))
          .because("only what takes its time from io.porpoise.time.Clock can be simulated")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule sql_lives_in_the_store =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.porpoise.store.sql..", "io.porpoise.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASE)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_worker_never_sees_the_database =
      noClasses()
          .that()
          .resideInAPackage("io.porpoise.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.porpoise.store..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule master_and_worker_reach_the_world_through_ports =
      noClasses()
          .that()
          .resideInAnyPackage("io.porpoise.master..", "io.porpoise.worker..")
          .and()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .haveSimpleNameNotEndingWith("Verticle")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "org.apache.curator..")
          .because("the simulation runs these very classes on models of the ports")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule slices_of_a_verticle_have_no_cycles =
      slices()
          .matching("io.porpoise.[master|worker|api|alert|standalone|cli].(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule slices_of_the_shared_model_have_no_cycles =
      slices().matching("io.porpoise.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses()
          .that(not(implementTheClusterManagerOfVertx()))
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl|DTO|Dto|Service)(\\$.*)?")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothing_waits_on_an_event_loop =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.porpoise.standalone..", "io.porpoise.cli..", "io.porpoise.node..")
          .and()
          .haveSimpleNameNotEndingWith("Main")
          .should()
          .accessTargetWhere(describe("parks its thread", ArchitectureRules::parks))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule futures_are_converted_where_vertx_demands_them =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              resideInAPackage("io.porpoise..").and(not(implementTheClusterManagerOfVertx())))
          .should()
          .haveRawReturnType("io.vertx.core.Future")
          .orShould()
          .haveRawReturnType("java.util.concurrent.CompletableFuture")
          .because("our own methods return Rx types, which do nothing until subscribed")
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> implementTheClusterManagerOfVertx() {
    return describe(
        "implement Vert.x's ClusterManager",
        c -> c.isAssignableTo("io.vertx.core.spi.cluster.ClusterManager"));
  }

  private static boolean isValue(JavaClass c) {
    return c.getPackageName().startsWith("io.porpoise.")
        && (c.isRecord() || c.isEnum() || c.getName().equals("io.porpoise.cluster.Slot"));
  }

  private static boolean isBytes(JavaClass c) {
    return c.isArray() || c.getName().equals("java.io.ByteArrayOutputStream");
  }

  private static boolean varies(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return readsClock(access)
        || owner.equals("java.util.Random")
        || owner.equals("java.util.UUID") && name.equals("randomUUID")
        || owner.equals("java.lang.Math") && name.equals("random")
        || owner.equals("java.util.Collections") && name.equals("shuffle")
        || owner.equals("java.lang.Object") && List.of("wait", "notify", "notifyAll").contains(name)
        || List.of("java.lang.System", "java.lang.Thread", "java.lang.Runtime", "java.util.Timer")
            .contains(owner);
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    if (owner.equals("java.lang.System")) {
      return name.equals("currentTimeMillis") || name.equals("nanoTime");
    }
    if (owner.equals("java.time.Clock")) {
      return name.startsWith("system");
    }
    // now(clock) takes its time from the clock that it is given.
    return owner.startsWith("java.time.")
        && name.equals("now")
        && !Accesses.hasParameter(access, "java.time.Clock");
  }

  private static boolean parks(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    return switch (owner.getName()) {
      case "java.lang.Thread" -> name.equals("sleep") || name.equals("join");
      case "java.lang.Process" -> name.equals("waitFor");
      case "java.util.concurrent.CountDownLatch", "java.util.concurrent.CyclicBarrier" ->
          name.equals("await");
      case "java.util.concurrent.Future", "java.util.concurrent.CompletableFuture" ->
          name.equals("get") || name.equals("join");
      case "io.vertx.core.Future" -> name.equals("await");
      case "java.util.concurrent.Semaphore" -> name.equals("acquire");
      default -> false;
    };
  }
}

package io.porpoise.architecture;

import com.tngtech.archunit.junit.ArchTests;

/** The rules that every module's {@code ArchitectureTest} includes. */
public final class HouseRules {
  public static final ArchTests ARCHITECTURE = ArchTests.in(ArchitectureRules.class);
  public static final ArchTests REACTIVE = ArchTests.in(ReactiveRules.class);

  private HouseRules() {}
}

package io.porpoise.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** This module keeps the rules of the house. */
@AnalyzeClasses(packages = "io.porpoise", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests architecture = HouseRules.ARCHITECTURE;
  @ArchTest static final ArchTests reactive = HouseRules.REACTIVE;
}

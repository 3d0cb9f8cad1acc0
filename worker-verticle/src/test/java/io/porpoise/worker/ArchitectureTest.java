package io.porpoise.worker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.porpoise.architecture.HouseRules;

/** This module keeps the rules of the house. */
@AnalyzeClasses(
    packages = "io.porpoise.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests architecture = HouseRules.ARCHITECTURE;
  @ArchTest static final ArchTests reactive = HouseRules.REACTIVE;
}

package io.porpoise.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** What a call or a method reference calls. */
final class Accesses {
  private Accesses() {}

  /** The parameter types of what is called; empty for a field. */
  static List<JavaClass> parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes()
        : List.of();
  }

  static boolean hasParameter(JavaAccess<?> access, String type) {
    return parameters(access).stream().anyMatch(p -> p.getName().equals(type));
  }

  static boolean isMethod(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget;
  }
}

package io.porpoise.expression;

import java.util.Iterator;
import java.util.List;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlOperator;
import org.apache.commons.jexl3.introspection.JexlMethod;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.apache.commons.jexl3.introspection.JexlPropertyGet;
import org.apache.commons.jexl3.introspection.JexlPropertySet;
import org.apache.commons.jexl3.introspection.JexlUberspect;

/**
 * JEXL with nothing behind it. Its way to classes, methods and properties of the host, the
 * uberspect, is replaced by one that knows {@link Methods} and denies all else, so there is no
 * reflection to be tricked; what its grammar can do besides is switched off.
 */
final class Library {
  static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(features())
          .permissions(JexlPermissions.NONE)
          .uberspect(new Closed())
          .arithmetic(new Arithmetic())
          .antish(false)
          .strict(true)
          .silent(false)
          .safe(false)
          .debug(false)
          .booleanLogical(true)
          .cancellable(false)
          .cache(0)
          .create();

  private Library() {}

  private static JexlFeatures features() {
    return JexlFeatures.createNone().methodCall(true).structuredLiteral(true).script(false);
  }

  /** No class, no constructor, no property, no iteration. */
  private static final class Closed implements JexlUberspect {
    @Override
    public JexlMethod getMethod(Object on, String method, Object... arguments) {
      return new Allowed(method);
    }

    @Override
    public JexlArithmetic.Uberspect getArithmetic(JexlArithmetic arithmetic) {
      return null;
    }

    @Override
    public JexlOperator.Uberspect getOperator(JexlArithmetic arithmetic) {
      return null;
    }

    @Override
    public Class<?> getClassByName(String name) {
      return null;
    }

    @Override
    public ClassLoader getClassLoader() {
      return null;
    }

    @Override
    public void setClassLoader(ClassLoader loader) {}

    @Override
    public JexlMethod getConstructor(Object type, Object... arguments) {
      return null;
    }

    @Override
    public Iterator<?> getIterator(Object on) {
      return null;
    }

    @Override
    public JexlPropertyGet getPropertyGet(Object on, Object name) {
      return null;
    }

    @Override
    public JexlPropertyGet getPropertyGet(
        List<PropertyResolver> resolvers, Object on, Object name) {
      return null;
    }

    @Override
    public JexlPropertySet getPropertySet(Object on, Object name, Object value) {
      return null;
    }

    @Override
    public JexlPropertySet getPropertySet(
        List<PropertyResolver> resolvers, Object on, Object name, Object value) {
      return null;
    }

    @Override
    public List<PropertyResolver> getResolvers(JexlOperator operator, Object on) {
      return List.of();
    }

    @Override
    public int getVersion() {
      return 1;
    }
  }

  /** A call that {@link Methods} answers. */
  private record Allowed(String name) implements JexlMethod {
    @Override
    public Object invoke(Object on, Object... arguments) {
      return Methods.call(on, name, arguments);
    }

    @Override
    public Object tryInvoke(String method, Object on, Object... arguments) {
      return Methods.call(on, method, arguments);
    }

    @Override
    public boolean tryFailed(Object value) {
      return value == JexlEngine.TRY_FAILED;
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public Class<?> getReturnType() {
      return Object.class;
    }
  }
}

package io.porpoise.bus.vertx;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes records with something in every component, so that none is forgotten when one is added. */
final class Samples {
  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  /** With null, zero or empty in every component, as an older sender would leave a new one. */
  static <T extends Record> T bare(Class<T> type) {
    return build(type, component -> nothing(component.getType()));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? List.of(value(generic.getActualTypeArguments()[0]))
          : Map.of("k" + random.nextInt(99), value(generic.getActualTypeArguments()[1]));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord() && raw != io.porpoise.cluster.NodeId.class) {
      return build(raw.asSubclass(Record.class), c -> value(c.getGenericType()));
    }
    return raw.isEnum() ? anyOf(raw.getEnumConstants()) : simple(raw);
  }

  private Object simple(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "long", "Long" -> random.nextLong();
      case "int", "Integer" -> random.nextInt();
      case "double" -> random.nextDouble();
      case "boolean" -> random.nextBoolean();
      case "String", "Object" -> "s" + random.nextInt() + " \u6d77\u8c5a \ud83d\udc2c \" \\ \n";
      case "NodeId" -> new io.porpoise.cluster.NodeId("n" + random.nextInt(1000));
      case "Instant" -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case "Duration" -> Duration.ofMillis(random.nextInt());
      case "byte[]" -> bytes();
      default -> throw new AssertionError("no sample for " + type + ": add one here");
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Object anyOf(Object[] constants) {
    return constants[random.nextInt(constants.length)];
  }

  private static Object nothing(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == byte[].class) {
      return new byte[0];
    }
    return type == boolean.class ? (Object) false : type.isPrimitive() ? 0 : null;
  }

  private static <T extends Record> T build(
      Class<T> type, java.util.function.Function<RecordComponent, Object> value) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(Arrays.stream(components).map(value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot make a sample of " + type, e);
    }
  }
}

package dev.gatun.testing;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Index;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Arguments of any method of the public API, by the types of its parameters. Most of them are such
/// that a call may succeed; one tensor, or each of them, is bad.
final class Arguments {
  private static final long[][] SHAPES = {{3, 3}, {3, 3}, {2, 3, 3}, {3}, {2, 2, 6, 6}, {1, 3, 3}};
  private static final int[] INTS = {0, 1, -1, 2, 0, 1, 3, 7, Integer.MAX_VALUE, Integer.MIN_VALUE};
  private static final long[] LONGS = {0, 1, 2, 3, 1, -1, 1L << 33, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final double[] DOUBLES = {0.5, 0.25, 1, 2, 0, -1, 1e300, Double.NaN};
  private static final int[][] DIMS = {{0}, {-1}, {0, 1}, {}, {1, 0}, {9}};
  private static final long[][] SIZES = {
    {3}, {3, 3}, {1, 1}, {2, 2}, {3, -1}, {}, {0}, {1L << 62, 4}
  };
  private static final List<String> TEXTS = List.of("ij,jk->ik", "ij->ji", "ii", "", "i,", "a->b");

  private static final List<DType> DTYPES =
      List.of(DType.F32, DType.F32, DType.F64, DType.I64, DType.BOOL);

  private final BadTensors tensors;
  private final BadTensors.Kind kind;
  private final Random random;
  private final long[] shape;
  private final DType dtype;

  /// Which of the tensors is bad; every one where it is negative.
  private final int bad;

  private int made;

  Arguments(BadTensors tensors, BadTensors.Kind kind, Random random) {
    this.tensors = tensors;
    this.kind = kind;
    this.random = random;
    this.shape = SHAPES[random.nextInt(SHAPES.length)];
    this.dtype = random.nextInt(3) > 0 ? DType.F32 : DTYPES.get(random.nextInt(DTYPES.size()));
    this.bad = random.nextInt(4) - 1;
  }

  /// The object whose method is called; the bad one most of the time.
  Tensor receiver() {
    return tensor(dtype);
  }

  private Tensor tensor(DType as) {
    boolean isBad = bad < 0 || made == bad || (bad == 2 && made == 0);
    made++;
    return tensors.make(isBad ? kind : BadTensors.Kind.GOOD, as, shape);
  }

  private Tensor operand() {
    return tensor(random.nextInt(3) > 0 ? dtype : DTYPES.get(random.nextInt(DTYPES.size())));
  }

  @Nullable Object[] of(Type[] types) {
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(types[i]);
    }
    return values;
  }

  /// One argument.
  private @Nullable Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Tensor.class) {
      return operand();
    }
    if (raw.isPrimitive()) {
      return ofPrimitive(raw);
    }
    if (MethodType.methodType(raw).hasWrappers()) {
      return random.nextBoolean()
          ? null
          : ofPrimitive(MethodType.methodType(raw).unwrap().returnType());
    }
    if (raw.isArray()) {
      return ofArray(raw);
    }
    if (raw.isEnum()) {
      Object[] constants = raw.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (raw == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (raw == Generator.class) {
      return Generator.seeded(3);
    }
    if (raw == Index.class) {
      return index();
    }
    return raw == MemorySegment.class ? Arena.ofAuto().allocate(64, 8) : ofClass(raw);
  }

  private Index index() {
    return switch (random.nextInt(4)) {
      case 0 -> Index.of(random.nextInt(5) - 1);
      case 1 -> Index.of(operand());
      case 2 -> new Index.Slice(0, 2, 1);
      default -> new Index.Ellipsis();
    };
  }

  private Object ofPrimitive(Class<?> type) {
    if (type == int.class) {
      return INTS[random.nextInt(INTS.length)];
    }
    if (type == long.class) {
      return LONGS[random.nextInt(LONGS.length)];
    }
    return type == boolean.class
        ? (Object) random.nextBoolean()
        : DOUBLES[random.nextInt(DOUBLES.length)];
  }

  private Object ofArray(Class<?> type) {
    if (type == int[].class) {
      return DIMS[random.nextInt(DIMS.length)];
    }
    if (type == long[].class) {
      return SIZES[random.nextInt(SIZES.length)];
    }
    Class<?> part = type.getComponentType();
    int count = random.nextInt(4);
    Object array = Array.newInstance(part, count);
    for (int i = 0; i < count && !(part.isPrimitive() && part != double.class); i++) {
      Array.set(array, i, of(part));
    }
    return array;
  }

  private Object ofGeneric(ParameterizedType type) {
    boolean many = type.getActualTypeArguments()[0] instanceof ParameterizedType;
    if (type.getRawType() == List.class && type.getActualTypeArguments()[0] == Long.class) {
      return List.of(LONGS[random.nextInt(LONGS.length)], LONGS[random.nextInt(LONGS.length)]);
    }
    if (type.getRawType() == List.class && type.getActualTypeArguments()[0] == Double.class) {
      return List.of(DOUBLES[random.nextInt(DOUBLES.length)], 2.0);
    }
    if (type.getRawType() == List.class) {
      return List.of(operand(), operand());
    }
    if (type.getRawType() == Consumer.class) {
      return (Consumer<Tensor>) _ -> {};
    }
    if (type.getRawType() == BinaryOperator.class) {
      return (BinaryOperator<Tensor>) Tensor::sub;
    }
    if (type.getRawType() != Function.class) {
      throw new AssertionError("no argument of type " + type);
    }
    if (!many) {
      return (Function<Tensor, Tensor>) x -> x.mul(2);
    }
    if (type.getActualTypeArguments()[1] == Tensor.class) {
      return (Function<List<Tensor>, Tensor>) in -> in.get(0).mul(2).sum();
    }
    return (Function<List<Tensor>, List<Tensor>>) in -> in.stream().map(x -> x.mul(2)).toList();
  }

  /// A constant `DEFAULT`, a record of such arguments, or what needs none to be made.
  private @Nullable Object ofClass(Class<?> type) {
    try {
      for (Field field : type.getFields()) {
        if (field.getType() == type && Modifier.isStatic(field.getModifiers())) {
          return field.get(null);
        }
      }
      if (!type.isRecord()) {
        return type.getConstructor().newInstance();
      }
      RecordComponent[] parts = type.getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      Type[] generic = new Type[parts.length];
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        generic[i] = parts[i].getGenericType();
      }
      Constructor<?> constructor = type.getConstructor(types);
      return constructor.newInstance(of(generic));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no argument of type " + type.getName(), e);
    }
  }
}

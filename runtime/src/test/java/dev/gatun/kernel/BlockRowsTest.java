package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.testing.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Vector kernels compute what the reference kernels of the same names do: on rows of any length,
/// contiguous, repeated or strided, in memory of every kind, over operands too.
final class BlockRowsTest {
  private static final int[] SIZES = {0, 1, 16, 63, 64, 65, 130, 511, 1100};
  private static final Random RANDOM = new Random(Long.getLong("tests.seed", 42));

  /// One kernel twice; `in` is of the operands, but for a condition.
  record Pair(String name, DType in, DType out, Object vector, Object reference) {
    @Override
    public String toString() {
      return name + " of " + in;
    }
  }

  static Stream<Pair> pairs() throws ReflectiveOperationException {
    List<Pair> all = new ArrayList<>();
    DType bool = DType.BOOL;
    add(all, VectorF32Comparison.class, DType.F32, bool, F32Comparison.class);
    add(all, VectorF64Comparison.class, DType.F64, bool, F64Comparison.class);
    add(all, VectorI32Comparison.class, DType.I32, bool, I32Comparison.class);
    add(all, VectorI64Comparison.class, DType.I64, bool, I64Comparison.class);
    add(all, VectorU8Comparison.class, DType.U8, bool, U8Comparison.class);
    add(all, VectorF32Blend.class, DType.F32, DType.F32, F32Blend.class);
    add(all, VectorF64Blend.class, DType.F64, DType.F64, F64Blend.class);
    add(all, VectorF32Division.class, DType.F32, DType.F32, F32Division.class);
    add(all, VectorF64Division.class, DType.F64, DType.F64, F64Division.class);
    add(all, VectorI32Arithmetic.class, DType.I32, DType.I32, I32Arithmetic.class, I32Bits.class);
    add(all, VectorI64Arithmetic.class, DType.I64, DType.I64, I64Arithmetic.class, I64Bits.class);
    add(all, VectorU8Bits.class, DType.U8, DType.U8, U8Bits.class, ComparisonKernels.class);
    add(all, VectorF64Special.class, DType.F64, DType.F64, F64Special.class);
    add(all, VectorConversions.class, null, null, Conversions.class);
    add(all, VectorNarrowConversions.class, null, null, Conversions.class);
    for (float w : new float[] {0.25f, 0.75f, -2}) {
      all.add(of("lerp", DType.F32, VectorF32Blend.lerp(w), F32Blend.lerp(w)));
      all.add(of("lerp", DType.F64, VectorF64Blend.lerp(w), F64Blend.lerp(w)));
    }
    all.add(of("clamp", DType.F32, VectorF32Blend.clamp(-1, 2), F32Blend.clamp(-1, 2)));
    all.add(of("clamp", DType.F64, VectorF64Blend.clamp(-1, 2), F64Blend.clamp(-1, 2)));
    all.add(of("add", DType.I32, VectorI32Arithmetic.addScalar(5), I32Arithmetic.addScalar(5)));
    all.add(of("mul", DType.I32, VectorI32Arithmetic.mulScalar(5), I32Arithmetic.mulScalar(5)));
    all.add(of("add", DType.I64, VectorI64Arithmetic.addScalar(5), I64Arithmetic.addScalar(5)));
    all.add(of("mul", DType.I64, VectorI64Arithmetic.mulScalar(5), I64Arithmetic.mulScalar(5)));
    all.add(of("where", DType.U8, VectorWhere.WHERE1, Moves.WHERE1));
    all.add(of("where", DType.F16, VectorWhere.WHERE2, Moves.WHERE2));
    all.add(of("where", DType.F32, VectorWhere.WHERE4, Moves.WHERE4));
    all.add(of("where", DType.I64, VectorWhere.WHERE8, Moves.WHERE8));
    return Part.of(all.stream());
  }

  private static Pair of(String name, DType dtype, Object vector, Object reference) {
    return new Pair(name, dtype, dtype, vector, reference);
  }

  /// Every kernel of a class; a conversion's name tells its dtypes.
  private static void add(
      List<Pair> all,
      Class<?> vectors,
      @Nullable DType in,
      @Nullable DType out,
      Class<?>... references)
      throws ReflectiveOperationException {
    int before = all.size();
    for (Field field : vectors.getDeclaredFields()) {
      String name = field.getName();
      if (UnaryRow.class == field.getType()
          || BinaryRow.class == field.getType()
          || TernaryRow.class == field.getType()) {
        String[] dtypes = name.split("_", -1);
        DType x = in != null ? in : DType.valueOf(dtypes[0]);
        DType y = out != null ? out : DType.valueOf(dtypes[1]);
        Object vector = field.get(null);
        all.add(
            new Pair(
                name, x, y, vector, reference(name.replace("LOGICAL_", ""), name, references)));
      }
    }
    assertTrue(all.size() > before, vectors.getName());
  }

  private static Object reference(String bare, String name, Class<?>... classes)
      throws ReflectiveOperationException {
    for (Class<?> c : classes) {
      boolean logic = c == ComparisonKernels.class;
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals(bare) && (logic || bare.equals(name))) {
          return field.get(null);
        }
      }
    }
    throw new AssertionError(name);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesWithTheReference(Pair pair) {
    int[][] strides = {{1, 1, 1, 1}, {0, 1, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}, {0, 0, 0, 1}};
    int[][] more = {{2, 1, 1, 1}, {1, 3, 2, 1}, {1, 1, 1, 2}};
    try (Arena arena = Arena.ofConfined()) {
      for (int n : SIZES) {
        for (int[] s : strides) {
          check(pair, arena, n, s);
        }
        for (int[] s : more) {
          check(pair, arena, n, s);
        }
      }
    }
  }

  private static void check(Pair pair, Arena arena, int n, int[] s) {
    int bytes = pair.out().byteSize();
    boolean choice = pair.vector() instanceof TernaryRow && pair.name().equals("where");
    MemorySegment a = sample(arena, choice ? DType.BOOL : pair.in(), 3 * n + 4);
    MemorySegment b = sample(arena, pair.in(), 3 * n + 4);
    MemorySegment c = sample(arena, pair.in(), 3 * n + 4);
    MemorySegment expected = arena.allocate((2L * n + 4) * bytes, 8);
    MemorySegment actual = Workers.alias(arena.allocate((2L * n + 4) * bytes, 8));
    run(pair.reference(), choice ? DType.BOOL : pair.in(), pair, a, b, c, expected, n, s);
    run(pair.vector(), choice ? DType.BOOL : pair.in(), pair, a, b, c, actual, n, s);
    assertSame(pair, expected, actual, 2 * n + 4);
    // Memory that may be closed meanwhile.
    MemorySegment closable = arena.allocate((2L * n + 4) * bytes, 8);
    run(pair.vector(), choice ? DType.BOOL : pair.in(), pair, a, b, c, closable, n, s);
    assertSame(pair, expected, closable, 2 * n + 4);
  }

  private static void run(
      Object row,
      DType first,
      Pair pair,
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      MemorySegment y,
      int n,
      int[] s) {
    long x = pair.in().byteSize();
    long ys = (long) s[3] * pair.out().byteSize();
    long at = pair.out().byteSize();
    long f = first.byteSize();
    switch (row) {
      case UnaryRow unary -> unary.apply(a, x, s[0] * x, y, at, ys, n);
      case BinaryRow binary -> binary.apply(a, x, s[0] * x, b, 0, s[1] * x, y, at, ys, n);
      case TernaryRow ternary ->
          ternary.apply(a, f, s[0] * f, b, 0, s[1] * x, c, x, s[2] * x, y, at, ys, n);
      default -> throw new AssertionError(row);
    }
  }

  private static void assertSame(Pair pair, MemorySegment expected, MemorySegment actual, int n) {
    DType dtype = pair.out();
    for (int i = 0; i < n; i++) {
      long at = (long) i * dtype.byteSize();
      if (dtype.isFloating()) {
        double e = Element.asDouble(dtype, expected, at);
        double apart = isExact(pair) ? 0 : 4 * Math.ulp(e) + 1e-15;
        double y = Element.asDouble(dtype, actual, at);
        if (Double.compare(e, y) != 0) {
          assertEquals(e, y, apart, pair + " at " + i);
        }
      } else {
        long e = Element.asLong(dtype, expected, at);
        assertEquals(e, Element.asLong(dtype, actual, at), pair + " at " + i);
      }
    }
  }

  /// All but the functions that the JDK has for vectors.
  private static boolean isExact(Pair pair) {
    return !List.of("ATAN2", "HYPOT", "LOG_ADD_EXP", "X_LOG_Y").contains(pair.name());
  }

  /// Numbers of every size, whole ones and equal ones among them.
  private static MemorySegment sample(Arena arena, DType dtype, long n) {
    MemorySegment x = arena.allocate(n * dtype.byteSize(), 8);
    for (long i = 0; i < n; i++) {
      long at = i * dtype.byteSize();
      double[] special = KernelSamples.SPECIAL;
      switch (RANDOM.nextInt(dtype == DType.BOOL ? 1 : 4)) {
        case 0 -> Element.store(dtype, x, at, RANDOM.nextInt(3));
        case 1 -> Element.store(dtype, x, at, RANDOM.nextInt(-300, 300) / 4.0);
        case 2 -> Element.store(dtype, x, at, special[RANDOM.nextInt(special.length)]);
        default -> bits(dtype, x, at);
      }
    }
    return Workers.alias(x);
  }

  private static void bits(DType dtype, MemorySegment x, long at) {
    switch (dtype.byteSize()) {
      case 1 -> Element.u8(x, at, RANDOM.nextInt());
      case 2 -> Element.f16(x, at, Float.float16ToFloat((short) RANDOM.nextInt()));
      case 4 -> Element.i32(x, at, RANDOM.nextInt());
      default -> Element.i64(x, at, RANDOM.nextLong());
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void writesOverAnOperand(Pair pair) {
    if (pair.in() != pair.out() || !(pair.vector() instanceof BinaryRow row)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      int n = 700;
      int s = pair.in().byteSize();
      MemorySegment a = sample(arena, pair.in(), n);
      MemorySegment b = sample(arena, pair.in(), n);
      MemorySegment y = Workers.alias(arena.allocate((long) n * s, 8));
      row.apply(a, 0, s, b, 0, s, y, 0, s, n);
      row.apply(a, 0, s, b, 0, s, a, 0, s, n);
      assertSame(pair, y, a, n);
    }
  }

  @Test
  void convertsEveryHalfFloat() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 1 << 16;
      MemorySegment x = Workers.alias(arena.allocate(2L * n, 8));
      for (int i = 0; i < n; i++) {
        x.setAtIndex(java.lang.foreign.ValueLayout.JAVA_SHORT, i, (short) i);
      }
      MemorySegment y = Workers.alias(arena.allocate(4L * n, 8));
      VectorNarrowConversions.F16_F32.apply(x, 0, 2, y, 0, 4, n);
      MemorySegment back = Workers.alias(arena.allocate(2L * n, 8));
      VectorNarrowConversions.F32_F16.apply(y, 0, 4, back, 0, 2, n);
      for (int i = 0; i < n; i++) {
        float expected = Float.float16ToFloat((short) i);
        assertEquals(expected, Element.f32(y, 4L * i));
        assertEquals(expected, Element.f16(back, 2L * i));
      }
    }
  }

  /// Between two neighbours, at the middle and right beside it.
  @Test
  void roundsToHalfFloats() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 1 << 16;
      MemorySegment x = Workers.alias(arena.allocate(4L * n, 8));
      for (int i = 0; i < n; i++) {
        float low = Float.float16ToFloat((short) (i & 0xfffe));
        float middle = (low + Float.float16ToFloat((short) (i | 1))) / 2;
        Element.f32(x, 4L * i, RANDOM.nextBoolean() ? Math.nextUp(middle) : middle);
      }
      Element.f32(x, 0, 65520f);
      Element.f32(x, 4, 65519.996f);
      MemorySegment y = Workers.alias(arena.allocate(2L * n, 8));
      VectorNarrowConversions.F32_F16.apply(x, 0, 4, y, 0, 2, n);
      for (int i = 0; i < n; i++) {
        float value = Element.f32(x, 4L * i);
        assertEquals(
            Float.float16ToFloat(Float.floatToFloat16(value)), Element.f16(y, 2L * i), "" + value);
      }
    }
  }

  /// Quotients that round up to a whole number, and the largest that the vector loop takes.
  @Test
  void hasTheExactRemainder() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 1 << 14;
      MemorySegment a = Workers.alias(arena.allocate(8L * n, 8));
      MemorySegment b = Workers.alias(arena.allocate(8L * n, 8));
      MemorySegment y = Workers.alias(arena.allocate(8L * n, 8));
      for (int i = 0; i < n; i++) {
        float d = (float) Math.abs(RANDOM.nextGaussian()) * (i % 2 == 0 ? 1 : 1e-3f);
        float x = (1 + RANDOM.nextInt(1 << (1 + i % 23))) * d;
        float near = i % 3 == 0 ? Math.nextDown(x) : i % 3 == 1 ? x : Math.nextUp(x);
        Element.f32(a, 4L * i, RANDOM.nextBoolean() ? near : -near);
        Element.f32(b, 4L * i, RANDOM.nextBoolean() ? d : -d);
      }
      VectorF32Division.FMOD.apply(a, 0, 4, b, 0, 4, y, 0, 4, n);
      for (int i = 0; i < n; i++) {
        float expected = Element.f32(a, 4L * i) % Element.f32(b, 4L * i);
        assertEquals(expected, Element.f32(y, 4L * i));
      }
      for (int i = 0; i < n; i++) {
        double d = Math.abs(RANDOM.nextGaussian());
        double x = (1 + RANDOM.nextLong(1L << (1 + i % 52))) * d;
        Element.f64(a, 8L * i, i % 3 == 0 ? Math.nextDown(x) : i % 3 == 1 ? -x : Math.nextUp(x));
        Element.f64(b, 8L * i, d);
      }
      VectorF64Division.FMOD.apply(a, 0, 8, b, 0, 8, y, 0, 8, n);
      for (int i = 0; i < n; i++) {
        double expected = Element.f64(a, 8L * i) % Element.f64(b, 8L * i);
        assertEquals(expected, Element.f64(y, 8L * i));
      }
    }
  }
}

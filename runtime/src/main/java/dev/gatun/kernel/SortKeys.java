package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gatun.memory.DType;

/// Elements as longs that compare as the elements do: both zeros are equal, all NaN are equal and
/// above infinity. Those of up to 32 bits need 32 bits as keys too.
///
/// @param loop loads keys in ascending order
/// @param change what is done with them to bring them into the order wanted
/// @param nan the key of a NaN
record SortKeys(Loop loop, Change change, long nan) {
  /// How keys are ordered.
  enum Order {
    /// As the elements are, NaN last.
    ASCENDING,
    /// Larger elements have smaller keys, NaN the smallest.
    DESCENDING,
    /// Larger elements have smaller keys, NaN the largest.
    DESCENDING_NAN_LAST
  }

  private enum Change {
    NONE,
    FLIP,
    FLIP_NUMBERS
  }

  /// Loads `n` elements, `xs` bytes apart.
  @FunctionalInterface
  interface Loop {
    void load(long x, long xs, int n, long[] into, int at);
  }

  private static final long NAN_F32 = Float.floatToIntBits(Float.NaN);
  private static final long NAN_F64 = Double.doubleToLongBits(Double.NaN);

  static SortKeys of(DType dtype, Order order) {
    Change change =
        switch (order) {
          case ASCENDING -> Change.NONE;
          case DESCENDING -> Change.FLIP;
          case DESCENDING_NAN_LAST -> dtype.isFloating() ? Change.FLIP_NUMBERS : Change.FLIP;
        };
    return switch (dtype) {
      case F32 -> new SortKeys(SortKeys::loadF32, change, NAN_F32);
      case F64 -> new SortKeys(SortKeys::loadF64, change, NAN_F64);
      case I32 -> new SortKeys(SortKeys::loadI32, change, 0);
      case I64 -> new SortKeys(SortKeys::loadI64, change, 0);
      case U8, BOOL -> new SortKeys(SortKeys::loadU8, change, 0);
      case BF16, F16 -> throw Element.unsupported("sort", dtype);
    };
  }

  void load(long x, long xs, int n, long[] into, int at) {
    loop.load(x, xs, n, into, at);
    switch (change) {
      case NONE -> {}
      case FLIP -> {
        for (int i = at; i < at + n; i++) {
          into[i] = ~into[i];
        }
      }
      case FLIP_NUMBERS -> {
        for (int i = at; i < at + n; i++) {
          into[i] = into[i] == nan ? nan : ~into[i];
        }
      }
    }
  }

  // A canonical NaN has larger bits than infinity; adding 0 makes a plus zero of a minus zero.

  private static void loadF32(long x, long xs, int n, long[] into, int at) {
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToIntBits(f32(ALL, x + i * xs) + 0f);
      into[at + i] = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
  }

  private static void loadF64(long x, long xs, int n, long[] into, int at) {
    for (int i = 0; i < n; i++) {
      long bits = Double.doubleToLongBits(f64(ALL, x + i * xs) + 0.0);
      into[at + i] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
  }

  private static void loadI32(long x, long xs, int n, long[] into, int at) {
    for (int i = 0; i < n; i++) {
      into[at + i] = i32(ALL, x + i * xs);
    }
  }

  private static void loadI64(long x, long xs, int n, long[] into, int at) {
    for (int i = 0; i < n; i++) {
      into[at + i] = i64(ALL, x + i * xs);
    }
  }

  private static void loadU8(long x, long xs, int n, long[] into, int at) {
    for (int i = 0; i < n; i++) {
      into[at + i] = ALL.get(JAVA_BYTE, x + i * xs) & 0xff;
    }
  }
}

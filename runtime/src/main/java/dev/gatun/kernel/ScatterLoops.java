package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.gatun.kernel.IndexLoops.Loop;
import dev.gatun.memory.DType;

/// The loops that scatter and combine, as [IndexLoops] has them. What is the same for all elements
/// is asked for each: memory in random order costs more than a branch that is always foreseen.
final class ScatterLoops {
  private ScatterLoops() {}

  static Loop of(Scattering how, DType dtype) {
    return switch (how) {
      case SET -> IndexLoops.set(dtype.byteSize());
      case ADD -> add(dtype);
      case PROD, AMAX, AMIN -> combine(how, dtype);
    };
  }

  private static Loop add(DType dtype) {
    return switch (dtype) {
      case F32 -> IndexLoops::addF32;
      case F64 -> IndexLoops::addF64;
      case I64 -> IndexLoops::addI64;
      case I32, U8, BOOL, BF16, F16 -> throw unsupported("scatter", dtype);
    };
  }

  private static Loop combine(Scattering how, DType dtype) {
    return switch (dtype) {
      case F32 -> (x, index, y, n, stride, step) -> f32(how, x, index, y, n, stride, step);
      case F64 -> (x, index, y, n, stride, step) -> f64(how, x, index, y, n, stride, step);
      case I64 -> (x, index, y, n, stride, step) -> i64(how, x, index, y, n, stride, step);
      case I32, U8, BOOL, BF16, F16 -> throw unsupported("scatter", dtype);
    };
  }

  private static void f32(
      Scattering how, long x, long index, long y, long n, long stride, long step) {
    for (long i = 0; i < n; i++) {
      long to = y + ALL.get(JAVA_LONG_UNALIGNED, index + i * 8) * stride + i * step;
      float a = ALL.get(JAVA_FLOAT_UNALIGNED, to);
      float b = ALL.get(JAVA_FLOAT_UNALIGNED, x + i * 4);
      ALL.set(
          JAVA_FLOAT_UNALIGNED,
          to,
          how == Scattering.PROD
              ? a * b
              : how == Scattering.AMAX ? Math.max(a, b) : Math.min(a, b));
    }
  }

  private static void f64(
      Scattering how, long x, long index, long y, long n, long stride, long step) {
    for (long i = 0; i < n; i++) {
      long to = y + ALL.get(JAVA_LONG_UNALIGNED, index + i * 8) * stride + i * step;
      double a = ALL.get(JAVA_DOUBLE_UNALIGNED, to);
      double b = ALL.get(JAVA_DOUBLE_UNALIGNED, x + i * 8);
      ALL.set(
          JAVA_DOUBLE_UNALIGNED,
          to,
          how == Scattering.PROD
              ? a * b
              : how == Scattering.AMAX ? Math.max(a, b) : Math.min(a, b));
    }
  }

  private static void i64(
      Scattering how, long x, long index, long y, long n, long stride, long step) {
    for (long i = 0; i < n; i++) {
      long to = y + ALL.get(JAVA_LONG_UNALIGNED, index + i * 8) * stride + i * step;
      long a = ALL.get(JAVA_LONG_UNALIGNED, to);
      long b = ALL.get(JAVA_LONG_UNALIGNED, x + i * 8);
      ALL.set(
          JAVA_LONG_UNALIGNED,
          to,
          how == Scattering.PROD
              ? a * b
              : how == Scattering.AMAX ? Math.max(a, b) : Math.min(a, b));
    }
  }
}

package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Finds the first extreme element; a NaN is more extreme than any number.
///
/// @param row finds it in a row
/// @param beats whether one element is strictly more extreme than another
record ArgFold(Row row, Beats beats) {
  /// Position of the first extreme of `n` elements, `n` at least 1, `xs` bytes apart.
  @FunctionalInterface
  interface Row {
    long first(MemorySegment x, long xo, long xs, long n);
  }

  /// Compares the elements at two byte offsets.
  @FunctionalInterface
  interface Beats {
    boolean test(MemorySegment x, long candidate, long best);
  }

  static ArgFold max(DType dtype) {
    return switch (dtype) {
      case F32 -> new ArgFold(ArgFold::maxF32, (x, c, b) -> above(f32(x, c), f32(x, b)));
      case F64 -> new ArgFold(ArgFold::maxF64, (x, c, b) -> above(f64(x, c), f64(x, b)));
      case I32 -> new ArgFold(ArgFold::maxI32, (x, c, b) -> i32(x, c) > i32(x, b));
      case I64 -> new ArgFold(ArgFold::maxI64, (x, c, b) -> i64(x, c) > i64(x, b));
      case U8, BOOL, BF16, F16 -> throw Element.unsupported("argmax", dtype);
    };
  }

  static ArgFold min(DType dtype) {
    return switch (dtype) {
      case F32 -> new ArgFold(ArgFold::minF32, (x, c, b) -> below(f32(x, c), f32(x, b)));
      case F64 -> new ArgFold(ArgFold::minF64, (x, c, b) -> below(f64(x, c), f64(x, b)));
      case I32 -> new ArgFold(ArgFold::minI32, (x, c, b) -> i32(x, c) < i32(x, b));
      case I64 -> new ArgFold(ArgFold::minI64, (x, c, b) -> i64(x, c) < i64(x, b));
      case U8, BOOL, BF16, F16 -> throw Element.unsupported("argmin", dtype);
    };
  }

  /// Position of the first extreme among the elements behind the result whose first is at `base`.
  long first(ReducedShape shape, MemorySegment x, long base) {
    long length = shape.rowLength();
    long stride = shape.rowStride();
    long best = row.first(x, base, stride, length);
    long bestAt = base + best * stride;
    for (long r = 1; r * length < shape.count(); r++) {
      long start = base + shape.row(r);
      long position = row.first(x, start, stride, length);
      long at = start + position * stride;
      if (beats.test(x, at, bestAt)) {
        best = r * length + position;
        bestAt = at;
      }
    }
    return best;
  }

  private static boolean above(double candidate, double best) {
    return candidate > best || (Double.isNaN(candidate) && !Double.isNaN(best));
  }

  private static boolean below(double candidate, double best) {
    return candidate < best || (Double.isNaN(candidate) && !Double.isNaN(best));
  }

  private static long maxF32(MemorySegment x, long xo, long xs, long n) {
    float best = f32(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      float v = f32(x, xo + i * xs);
      if (above(v, best)) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long maxF64(MemorySegment x, long xo, long xs, long n) {
    double best = f64(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      double v = f64(x, xo + i * xs);
      if (above(v, best)) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long maxI32(MemorySegment x, long xo, long xs, long n) {
    int best = i32(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      int v = i32(x, xo + i * xs);
      if (v > best) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long maxI64(MemorySegment x, long xo, long xs, long n) {
    long best = i64(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      long v = i64(x, xo + i * xs);
      if (v > best) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long minF32(MemorySegment x, long xo, long xs, long n) {
    float best = f32(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      float v = f32(x, xo + i * xs);
      if (below(v, best)) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long minF64(MemorySegment x, long xo, long xs, long n) {
    double best = f64(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      double v = f64(x, xo + i * xs);
      if (below(v, best)) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long minI32(MemorySegment x, long xo, long xs, long n) {
    int best = i32(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      int v = i32(x, xo + i * xs);
      if (v < best) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static long minI64(MemorySegment x, long xo, long xs, long n) {
    long best = i64(x, xo);
    long position = 0;
    for (long i = 1; i < n; i++) {
      long v = i64(x, xo + i * xs);
      if (v < best) {
        best = v;
        position = i;
      }
    }
    return position;
  }
}

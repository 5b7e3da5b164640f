package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;

import java.lang.foreign.MemorySegment;

/// Reference loops of softmax; offsets are bytes.
final class SoftmaxLoops {
  private SoftmaxLoops() {}

  static void softmaxF32(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    double max = Double.longBitsToDouble(F32Folds.max(x, xo, 4, columns));
    double sum = 0;
    for (long i = 0; i < columns; i++) {
      double e = Math.exp(f32(x, xo + i * 4) - max);
      sum += e;
      f32(y, yo + i * 4, (float) e);
    }
    for (long i = 0; i < columns; i++) {
      f32(y, yo + i * 4, (float) (f32(y, yo + i * 4) / sum));
    }
  }

  static void logSoftmaxF32(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    double max = Double.longBitsToDouble(F32Folds.max(x, xo, 4, columns));
    double sum = 0;
    for (long i = 0; i < columns; i++) {
      sum += Math.exp(f32(x, xo + i * 4) - max);
    }
    double log = Math.log(sum);
    for (long i = 0; i < columns; i++) {
      f32(y, yo + i * 4, (float) (f32(x, xo + i * 4) - max - log));
    }
  }

  static void softmaxF64(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    double max = Double.longBitsToDouble(F64Folds.max(x, xo, 8, columns));
    double sum = 0;
    for (long i = 0; i < columns; i++) {
      double e = Math.exp(f64(x, xo + i * 8) - max);
      sum += e;
      f64(y, yo + i * 8, e);
    }
    for (long i = 0; i < columns; i++) {
      f64(y, yo + i * 8, f64(y, yo + i * 8) / sum);
    }
  }

  static void logSoftmaxF64(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    double max = Double.longBitsToDouble(F64Folds.max(x, xo, 8, columns));
    double sum = 0;
    for (long i = 0; i < columns; i++) {
      sum += Math.exp(f64(x, xo + i * 8) - max);
    }
    double log = Math.log(sum);
    for (long i = 0; i < columns; i++) {
      f64(y, yo + i * 8, f64(x, xo + i * 8) - max - log);
    }
  }
}

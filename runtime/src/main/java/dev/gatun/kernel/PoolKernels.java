package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Poolings of planes of up to three dimensions, and the way back. Results do not depend on the
/// number of threads: planes are independent.
public final class PoolKernels {
  /// Elements per task.
  private static final long CHUNK = 32_768;

  private PoolKernels() {}

  /// What all poolings have in common.
  ///
  /// @param dtype F32 or F64
  /// @param planes number of planes, each contiguous, one after the other
  /// @param d windows along the first dimension of a plane
  /// @param h windows along the second
  /// @param w windows along the third
  /// @param divisor what an average divides by; 0 for the elements of the window
  public record Problem(DType dtype, long planes, Windows d, Windows h, Windows w, double divisor) {
    /// Whether the first window is all of the plane, and nothing else counts.
    boolean isWhole() {
      return d.isWhole() && h.isWhole() && w.isWhole();
    }

    /// Elements of a plane of the operand.
    int from() {
      return Math.multiplyExact(Math.multiplyExact(d.size, h.size), w.size);
    }

    /// Elements of a plane of the result.
    int to() {
      return Math.multiplyExact(Math.multiplyExact(d.outputs(), h.outputs()), w.outputs());
    }
  }

  /// Works on one plane; operands are addresses.
  @FunctionalInterface
  private interface Plane {
    void run(long a, long b, long indices);
  }

  /// Elements of one plane of everything that a call touches.
  private record Sizes(DType dtype, long planes, int from, int to, int indices) {}

  /// The largest element of every window. NaN is larger than all; of equals the first counts.
  ///
  /// @param p the problem
  /// @param x the operand
  /// @param y result
  /// @param indices where the elements stand in their plane, I32; or null
  public static void max(Problem p, ElementRun x, ElementRun y, @Nullable ElementRun indices) {
    Plane plane =
        switch (p.dtype) {
          case F32 -> (u, v, i) -> F32Pool.max(u, v, i, p);
          case F64 -> (u, v, i) -> F64Pool.max(u, v, i, p);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("maxPool", p.dtype);
        };
    int count = indices == null ? 0 : p.to();
    run(new Sizes(p.dtype, p.planes, p.from(), p.to(), count), plane, x, y, indices, true);
  }

  /// The mean of every window.
  ///
  /// @param p the problem
  /// @param x the operand
  /// @param y result
  public static void average(Problem p, ElementRun x, ElementRun y) {
    Plane plane =
        switch (p.dtype) {
          case F32 -> (u, v, _) -> F32Pool.average(u, v, p);
          case F64 -> (u, v, _) -> F64Pool.average(u, v, p);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("avgPool", p.dtype);
        };
    run(new Sizes(p.dtype, p.planes, p.from(), p.to(), 0), plane, x, y, null, false);
  }

  /// The gradient of [#average]: the share that each element of the operand had.
  ///
  /// @param p the problem
  /// @param g gradient with respect to the result
  /// @param dx result
  public static void spread(Problem p, ElementRun g, ElementRun dx) {
    Plane plane =
        switch (p.dtype) {
          case F32 -> (u, v, _) -> F32Pool.spread(u, v, p);
          case F64 -> (u, v, _) -> F64Pool.spread(u, v, p);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("avgPool", p.dtype);
        };
    run(new Sizes(p.dtype, p.planes, p.to(), p.from(), 0), plane, g, dx, null, false);
  }

  /// `y[index] += g` in each plane of `y`, which starts as zeros: the gradient of [#max].
  ///
  /// @param dtype F32 or F64
  /// @param planes number of planes
  /// @param g `[planes, from]`
  /// @param from elements of a plane of `g`
  /// @param indices places in a plane of `y`, all of them valid, I32, `[planes, from]`
  /// @param y result, `[planes, to]`
  /// @param to elements of a plane of `y`
  public static void scatter(
      DType dtype, long planes, ElementRun g, int from, ElementRun indices, ElementRun y, int to) {
    Plane plane =
        switch (dtype) {
          case F32 -> (u, v, i) -> F32Pool.scatter(u, from, i, v, to);
          case F64 -> (u, v, i) -> F64Pool.scatter(u, from, i, v, to);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("maxPool", dtype);
        };
    run(new Sizes(dtype, planes, from, to, from), plane, g, y, indices, false);
  }

  /// `y = x[index]` in each plane.
  ///
  /// @param dtype F32 or F64
  /// @param planes number of planes
  /// @param x `[planes, from]`
  /// @param from elements of a plane of `x`
  /// @param indices places in a plane of `x`, all of them valid, I32, `[planes, to]`
  /// @param y result, `[planes, to]`
  /// @param to elements of a plane of `y`
  public static void gather(
      DType dtype, long planes, ElementRun x, int from, ElementRun indices, ElementRun y, int to) {
    Plane plane =
        switch (dtype) {
          case F32 -> (u, v, i) -> F32Pool.gather(u, i, v, to);
          case F64 -> (u, v, i) -> F64Pool.gather(u, i, v, to);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("maxPool", dtype);
        };
    run(new Sizes(dtype, planes, from, to, to), plane, x, y, indices, false);
  }

  private static void run(
      Sizes s,
      Plane plane,
      ElementRun from,
      ElementRun to,
      @Nullable ElementRun indices,
      boolean writesIndices) {
    int size = s.dtype.byteSize();
    try (PlainRun a = PlainRun.of(from, s.planes * s.from, size);
        PlainRun b = PlainRun.of(to, s.planes * s.to, size);
        PlainRun c = indices == null ? b : PlainRun.of(indices, s.planes * s.indices, 4)) {
      each(s, plane, a.address(), b.address(), indices == null ? 0 : c.address());
      b.store();
      if (indices != null && writesIndices) {
        c.store();
      }
    }
  }

  private static void each(Sizes s, Plane plane, long a, long b, long indices) {
    long size = s.dtype.byteSize();
    long elements = Math.max(1, Math.max(s.from, s.to));
    long perTask = Math.max(1, CHUNK / elements);
    // Less than two tasks' worth does not pay for a second thread.
    int tasks = s.planes * elements < 2 * CHUNK ? 1 : (int) Math.ceilDiv(s.planes, perTask);
    Workers.run(
        tasks,
        task -> {
          long last = tasks == 1 ? s.planes : Math.min(s.planes, (task + 1) * perTask);
          for (long i = task * perTask; i < last; i++) {
            plane.run(a + i * size * s.from, b + i * size * s.to, indices + i * 4 * s.indices);
          }
        });
  }
}

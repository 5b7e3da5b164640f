package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;

/// One dimension of a tensor at another resolution: every output is a weighted sum of a few inputs
/// along it. And the way back.
public final class ResampleKernels {
  /// Elements per task.
  private static final long CHUNK = 32_768;

  private ResampleKernels() {}

  /// Which inputs an output is made of, along one dimension.
  ///
  /// @param inputs positions that are read
  /// @param taps inputs per output
  /// @param index `[outputs, taps]`
  /// @param weight `[outputs, taps]`
  @SuppressWarnings("ArrayRecordComponent") // tables, never compared
  public record Table(int inputs, int taps, int[] index, double[] weight) {
    /// {@return the number of outputs}
    public int outputs() {
      return index.length / Math.max(1, taps);
    }
  }

  /// `y[i, o, k] = Σ weight[o, t] x[i, index[o, t], k]`
  ///
  /// @param dtype F32 or F64
  /// @param t along the dimension
  /// @param outer elements before the dimension
  /// @param inner elements after it
  /// @param x `[outer, inputs, inner]`
  /// @param y result, `[outer, outputs, inner]`
  public static void forward(
      DType dtype, Table t, long outer, int inner, ElementRun x, ElementRun y) {
    run(dtype, t, outer, inner, x, t.inputs, y, t.outputs(), false);
  }

  /// `dx[i, index[o, t], k] += weight[o, t] g[i, o, k]`, from zeros.
  ///
  /// @param dtype F32 or F64
  /// @param t along the dimension
  /// @param outer elements before the dimension
  /// @param inner elements after it
  /// @param g `[outer, outputs, inner]`
  /// @param dx result, `[outer, inputs, inner]`
  public static void backward(
      DType dtype, Table t, long outer, int inner, ElementRun g, ElementRun dx) {
    run(dtype, t, outer, inner, g, t.outputs(), dx, t.inputs, true);
  }

  private static void run(
      DType dtype,
      Table t,
      long outer,
      int inner,
      ElementRun from,
      int fromRows,
      ElementRun to,
      int toRows,
      boolean back) {
    int size = dtype.byteSize();
    long fromPlane = (long) fromRows * inner;
    long toPlane = (long) toRows * inner;
    try (PlainRun a = PlainRun.of(from, outer * fromPlane, size);
        PlainRun b = PlainRun.of(to, outer * toPlane, size)) {
      long elements = Math.max(1, Math.max(fromPlane, toPlane));
      long perTask = Math.max(1, CHUNK / elements);
      int tasks = outer * elements < 2 * CHUNK ? 1 : (int) Math.ceilDiv(outer, perTask);
      Workers.run(
          tasks,
          task -> {
            long last = tasks == 1 ? outer : Math.min(outer, (task + 1) * perTask);
            for (long i = task * perTask; i < last; i++) {
              long x = a.address() + i * fromPlane * size;
              plane(dtype, t, inner, x, b.address() + i * toPlane * size, back);
            }
          });
      b.store();
    }
  }

  private static void plane(DType dtype, Table t, int inner, long from, long to, boolean back) {
    if (back) {
      ALL.asSlice(to, (long) t.inputs * inner * dtype.byteSize()).fill((byte) 0);
    }
    switch (dtype) {
      case F32 -> F32Resample.plane(t, inner, from, to, back);
      case F64 -> F64Resample.plane(t, inner, from, to, back);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("interpolate", dtype);
    }
  }
}

package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// An [Epilogue] over a block of C that is complete, for kernels that do not apply it to their
/// tiles: a few rows at a time, so that the second pass of bias and activation finds them in the
/// first-level cache.
final class EpiloguePass {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /// Elements of C between the passes.
  private static final long NEAR = 2048;

  private EpiloguePass() {}

  /// Whether there is nothing but additions and comparisons to do, which a loop does in passing.
  static boolean isBiasAndRelu(Epilogue e) {
    return e.activation() == Activation.NONE || e.activation() == Activation.RELU;
  }

  /// The rows i0 to i1 and columns j0 to j1 of the product.
  static void apply(DType dtype, Product x, long i0, long i1, long j0, long j1) {
    apply(x.epilogue(), dtype, i1 - i0, j0, j1 - j0, x.c(), x.atC(i0, j0), x.ldc());
  }

  /// A block of `rows` rows that begins at element `at` of `c`, in column `first` of the product.
  static void apply(
      Epilogue e,
      DType dtype,
      long rows,
      long first,
      long columns,
      MemorySegment c,
      long at,
      long ldc) {
    if (e.isNone() || rows == 0 || columns == 0) {
      return;
    }
    long step = Math.max(1, NEAR / columns);
    for (long i = 0; i < rows; i += step) {
      few(e, dtype, Math.min(step, rows - i), first, columns, c, at + i * ldc, ldc);
    }
  }

  private static void few(
      Epilogue e,
      DType dtype,
      long rows,
      long first,
      long columns,
      MemorySegment c,
      long at,
      long ldc) {
    long size = dtype.byteSize();
    Activation activation = e.activation();
    MemorySegment bias = e.bias();
    if (bias != null) {
      boolean relu = activation == Activation.RELU;
      long from = (e.biasOffset() + first) * size;
      add(dtype, bias, from, c, at * size, ldc * size, rows, columns, relu);
      if (relu) {
        return;
      }
    }
    UnaryRow row = row(activation, dtype);
    if (row == null) {
      return;
    }
    if (ldc == columns) {
      row.apply(c, at * size, size, c, at * size, size, rows * columns);
      return;
    }
    for (long i = 0; i < rows; i++) {
      long to = (at + i * ldc) * size;
      row.apply(c, to, size, c, to, size, columns);
    }
  }

  private static @Nullable UnaryRow row(Activation activation, DType dtype) {
    return switch (activation) {
      case NONE -> null;
      case RELU -> UnaryKernels.relu(dtype);
      case SIGMOID -> UnaryKernels.sigmoid(dtype);
      case TANH -> UnaryKernels.tanh(dtype);
      case GELU -> UnaryKernels.gelu(dtype);
    };
  }

  private static void add(
      DType dtype,
      MemorySegment bias,
      long from,
      MemorySegment c,
      long at,
      long rowBytes,
      long rows,
      long columns,
      boolean relu) {
    boolean f32 = Elements.isF32(dtype);
    if (Dispatch.vector() && columns <= Integer.MAX_VALUE) {
      int width = (int) columns;
      if (f32) {
        VectorBias.f32(bias, from, c, at, rowBytes, rows, width, relu);
      } else {
        VectorBias.f64(bias, from, c, at, rowBytes, rows, width, relu);
      }
      return;
    }
    for (long i = 0; i < rows; i++) {
      if (f32) {
        rowF32(bias, from, c, at + i * rowBytes, columns, relu);
      } else {
        rowF64(bias, from, c, at + i * rowBytes, columns, relu);
      }
    }
  }

  private static void rowF32(
      MemorySegment bias, long from, MemorySegment c, long at, long columns, boolean relu) {
    for (long j = 0; j < columns; j++) {
      float v = c.get(F32, at + j * 4) + bias.get(F32, from + j * 4);
      c.set(F32, at + j * 4, relu && v <= 0 ? 0 : v);
    }
  }

  private static void rowF64(
      MemorySegment bias, long from, MemorySegment c, long at, long columns, boolean relu) {
    for (long j = 0; j < columns; j++) {
      double v = c.get(F64, at + j * 8) + bias.get(F64, from + j * 8);
      c.set(F64, at + j * 8, relu && v <= 0 ? 0 : v);
    }
  }
}

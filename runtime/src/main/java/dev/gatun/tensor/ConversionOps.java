package dev.gatun.tensor;

import dev.gatun.kernel.CopyKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.lang.foreign.MemorySegment;

/// From one dtype to another, and from tensors to Java's values and arrays, in row-major order.
public sealed interface ConversionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// This tensor in another dtype: fractions are cut off for integers, and everything but 0 is
  /// true. The gradient is converted back.
  ///
  /// @param dtype wanted
  /// @return this when it has that dtype, else a new tensor in the current scope
  default Tensor to(DType dtype) {
    Tensor x = self();
    return x.dtype == dtype ? x : new Pointwise.To(x.dtype, dtype).apply(x);
  }

  /// The one element of a tensor.
  ///
  /// @return its value; 1 or 0 for BOOL; I64 beyond 2^53 loses digits, see [#itemLong()]
  /// @throws ShapeException if there is not exactly one
  default double item() {
    double[] value = new double[1];
    read("item", DType.F64, MemorySegment.ofArray(value));
    return value[0];
  }

  /// The one element of a tensor as an integer.
  ///
  /// @return its value, a fraction cut off
  /// @throws ShapeException if there is not exactly one
  default long itemLong() {
    long[] value = new long[1];
    read("itemLong", DType.I64, MemorySegment.ofArray(value));
    return value[0];
  }

  private void read(String op, DType as, MemorySegment to) {
    Tensor x = self();
    if (x.numel != 1) {
      throw new ShapeException(
          "%s: needs exactly one element, got %s".formatted(op, Shapes.format(x.shape)));
    }
    int bytes = x.dtype.byteSize();
    CopyKernels.convert(x.dtype, as)
        .apply(x.memory(), x.offset * bytes, bytes, to, 0, as.byteSize(), 1);
  }

  /// All elements as F32.
  ///
  /// @return a new array, row-major
  default float[] toFloatArray() {
    float[] values = new float[length("toFloatArray")];
    export(DType.F32, MemorySegment.ofArray(values));
    return values;
  }

  /// All elements as F64.
  ///
  /// @return a new array, row-major
  default double[] toDoubleArray() {
    double[] values = new double[length("toDoubleArray")];
    export(DType.F64, MemorySegment.ofArray(values));
    return values;
  }

  /// All elements as I32.
  ///
  /// @return a new array, row-major
  default int[] toIntArray() {
    int[] values = new int[length("toIntArray")];
    export(DType.I32, MemorySegment.ofArray(values));
    return values;
  }

  /// All elements as I64.
  ///
  /// @return a new array, row-major
  default long[] toLongArray() {
    long[] values = new long[length("toLongArray")];
    export(DType.I64, MemorySegment.ofArray(values));
    return values;
  }

  /// All elements as U8.
  ///
  /// @return a new array, row-major, to be read as 0 to 255
  default byte[] toByteArray() {
    byte[] values = new byte[length("toByteArray")];
    export(DType.U8, MemorySegment.ofArray(values));
    return values;
  }

  /// All elements as BOOL.
  ///
  /// @return a new array, row-major
  default boolean[] toBooleanArray() {
    byte[] bytes = new byte[length("toBooleanArray")];
    export(DType.BOOL, MemorySegment.ofArray(bytes));
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  private int length(String op) {
    Tensor x = self();
    if (x.numel > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          "%s: %s has more elements than a Java array; use segment()"
              .formatted(op, Shapes.format(x.shape)));
    }
    return (int) x.numel;
  }

  private void export(DType as, MemorySegment to) {
    Tensor x = self();
    if (x.contiguous && x.dtype == as) {
      int bytes = as.byteSize();
      MemorySegment.copy(x.memory(), x.offset * bytes, to, 0, x.numel * bytes);
      return;
    }
    try (var _ = Scope.open("export")) {
      Tensor y = Raw.empty("to", as, x.shape);
      Raw.copy(x, y);
      MemorySegment.copy(y.memory(), 0, to, 0, to.byteSize());
    }
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.Epilogue;
import dev.gatun.kernel.Gemm;
import dev.gatun.kernel.PackedWeights;
import dev.gatun.memory.DType;
import dev.gatun.memory.internal.PlannedMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Products.Linear] of a program: everything about it is known but the values, and its weights
/// stay what they are, so they are laid out for the kernel once.
final class PreparedLinear {
  /// Rows up to which weights are read as they are stored, by columns.
  private static final long FEW = 16;

  private PreparedLinear() {}

  /// What computes `y` as the operation does, null where nothing is gained.
  ///
  /// @param inputs x, W, and the bias if there is one
  /// @param used gets the layouts that it uses, to be released
  static @Nullable Runnable of(
      Products.Linear linear, Tensor[] inputs, Tensor y, List<WeightCache.Layouts> used) {
    Tensor x = inputs[0];
    Tensor weight = inputs[1];
    boolean plain =
        x.dtype == DType.F32
            && weight.dtype == DType.F32
            && x.contiguous
            && (weight.contiguous || weight.t().contiguous)
            && weight.offset == 0
            && weight.numel * Float.BYTES == weight.storage.byteSize()
            && Value.of(weight.storage) == null
            && (inputs.length == 2 || inputs[2].contiguous);
    if (!plain || weight.numel == 0 || x.numel == 0) {
      return null;
    }
    long in = weight.shape[1];
    long out = weight.shape[0];
    long rows = x.numel / in;
    Epilogue epilogue = linear.epilogue(inputs);
    MemorySegment from = x.memory().asSlice(x.offset * Float.BYTES);
    MemorySegment to = y.writable();
    WeightCache.Layouts layouts = WeightCache.of(weight);
    used.add(layouts);
    if (rows > FEW) {
      PackedWeights packed = layouts.packed();
      return packed == null ? null : packed.product(rows, from, 0, to, y.offset, epilogue);
    }
    Tensor turned = layouts.turned();
    MemorySegment by = PlannedMemory.plain(turned.storage);
    return () ->
        Gemm.current()
            .gemm(
                turned.dtype,
                false,
                false,
                rows,
                out,
                in,
                1,
                from,
                0,
                in,
                by,
                0,
                out,
                0,
                to,
                y.offset,
                out,
                epilogue);
  }
}

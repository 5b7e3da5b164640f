package dev.gatun.tensor;

import dev.gatun.kernel.Epilogue;
import dev.gatun.kernel.Gemm;
import dev.gatun.kernel.PackedWeights;
import dev.gatun.kernel.ReducedWeights;
import dev.gatun.memory.DType;
import dev.gatun.memory.internal.PlannedMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A [Products.Linear] of a program: everything about it is known but the values, and its weights
/// stay what they are, so they are laid out for the kernel once.
final class PreparedLinear {
  /// Rows up to which weights are read as they are stored, by columns.
  private static final long FEW = 16;

  private final Products.Linear linear;
  private final Tensor[] inputs;
  private final Tensor y;
  private final Tensor weight;
  private final long rows;

  private PreparedLinear(Products.Linear linear, Tensor[] inputs, Tensor y) {
    this.linear = linear;
    this.inputs = inputs;
    this.y = y;
    this.weight = inputs[1];
    this.rows = inputs[0].numel / Math.max(1, weight.shape[1]);
  }

  /// Gives a step a faster body where there is one, which computes what the operation does.
  ///
  /// @param precision of the weights
  /// @param used gets the layouts that it uses, to be released
  static void prepare(
      Step step,
      Products.Linear linear,
      Tensor y,
      WeightPrecision precision,
      List<WeightCache.Layouts> used) {
    var prepared = new PreparedLinear(linear, step.inputs, y);
    if (!prepared.isPlain()) {
      return;
    }
    Tensor weight = prepared.weight;
    ReducedWeights.Format format =
        weight.dtype == DType.BF16 && precision == WeightPrecision.STORED
            ? ReducedWeights.Format.BF16
            : precision.format;
    if (format != null && ReducedWeights.suits(weight.shape[0], weight.shape[1])) {
      used.add(WeightCache.of(weight));
      prepared.reduced(step, format, used.getLast());
    } else if (prepared.isWhole()) {
      used.add(WeightCache.of(weight));
      prepared.full(step, used.getLast());
    }
  }

  /// Whether rows and bias are as kernels want them, and the weights not made by a step.
  private boolean isPlain() {
    Tensor x = inputs[0];
    return x.dtype == DType.F32
        && (weight.dtype == DType.F32 || weight.dtype == DType.BF16)
        && x.contiguous
        && Value.of(weight.storage) == null
        && (inputs.length == 2 || (inputs[2].contiguous && inputs[2].dtype == DType.F32))
        && weight.numel > 0
        && x.numel > 0;
  }

  /// Whether the weights are F32 and all of their storage.
  private boolean isWhole() {
    return weight.dtype == DType.F32
        && (weight.contiguous || weight.t().contiguous)
        && weight.offset == 0
        && weight.numel * Float.BYTES == weight.storage.byteSize();
  }

  private MemorySegment from() {
    return inputs[0].memory().asSlice(inputs[0].offset * Float.BYTES);
  }

  private void reduced(Step step, ReducedWeights.Format format, WeightCache.Layouts layouts) {
    WeightCache.Reduced made = layouts.reduced(format);
    Epilogue epilogue = linear.epilogue(inputs);
    Runnable product = made.weights().product(rows, from(), 0, y.writable(), y.offset, epilogue);
    step.body(product, StepKernels.rows() + " " + format);
    step.reads(made.storage(), made.storage().byteSize());
  }

  private void full(Step step, WeightCache.Layouts layouts) {
    Epilogue epilogue = linear.epilogue(inputs);
    if (rows > FEW) {
      PackedWeights packed = layouts.packed();
      if (packed != null) {
        Runnable product = packed.product(rows, from(), 0, y.writable(), y.offset, epilogue);
        step.body(product, StepKernels.rows() + " packed");
        step.reads(packed, weight.numel * Float.BYTES);
      }
      return;
    }
    Tensor turned = layouts.turned();
    step.body(product(turned, epilogue), StepKernels.products() + " transposed");
    step.reads(turned.storage, turned.storage.byteSize());
  }

  private Runnable product(Tensor turned, Epilogue epilogue) {
    long in = weight.shape[1];
    long out = weight.shape[0];
    MemorySegment from = from();
    MemorySegment by = PlannedMemory.plain(turned.storage);
    MemorySegment to = y.writable();
    return Gemm.current().prepare(turned.dtype, rows, out, in, from, by, to, y.offset, epilogue);
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Storage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The gradient of one leaf: memory that lives as long as the leaf and is reused from step to step.
final class Gradient {
  private @Nullable Tensor buffer;
  private boolean defined;
  private boolean recorded;

  /// Starts or stops the accumulation of a gradient in the leaf `x`.
  static void want(Tensor x, boolean on) {
    if (!x.isLeaf()) {
      if (!on) {
        throw new IllegalStateException(
            "requiresGrad_: %s was computed by a recorded operation; use detach()"
                .formatted(x.describe()));
      }
      return;
    }
    if (on && !x.dtype.isFloating()) {
      throw new DTypeException(
          "requiresGrad_: only floating dtypes have gradients, got %s %s"
              .formatted(x.dtype, Shapes.format(x.shape)));
    }
    if (on && x.inference && !InferenceMode.isOpen()) {
      throw new IllegalStateException(
          "requiresGrad_: a tensor made in inference mode has no gradient outside of it: %s; use a copy()"
              .formatted(x.describe()));
    }
    Node now = x.node();
    x.node = !on ? null : now == null ? Node.leaf(x) : now;
  }

  @Nullable Tensor get() {
    return defined ? buffer : null;
  }

  void clear() {
    defined = false;
    if (recorded) {
      buffer = null;
      recorded = false;
    }
  }

  /// Adds `g` into the memory of this gradient, or copies it there when it is the first.
  void accumulate(Tensor leaf, Tensor g) {
    Tensor sum = own(leaf);
    if (defined) {
      addTo(sum, g);
    } else {
      Raw.copy(g, sum);
      sum.storage.markModified();
    }
    defined = true;
  }

  /// Has an operation write its part of the gradient here.
  ///
  /// @return false, and nothing done, where it cannot
  boolean accumulate(Tensor leaf, Op op, int i, Node node, Tensor g) {
    Tensor sum = own(leaf);
    if (sum.dtype != g.dtype || !op.backwardInto(i, node, g, sum, defined)) {
      return false;
    }
    sum.storage.markModified();
    defined = true;
    return true;
  }

  /// The memory that lives as long as the leaf. A gradient that is part of a graph is copied there,
  /// since its own memory belongs to the scope of the pass that made it.
  private Tensor own(Tensor leaf) {
    Tensor sum = buffer;
    if (sum != null && !recorded) {
      return sum;
    }
    long bytes = leaf.numel * leaf.dtype.byteSize();
    Tensor fresh = Raw.over(Storage.allocateBeside(leaf.storage, bytes), leaf.dtype, leaf.shape);
    if (sum != null && defined) {
      Raw.copy(sum, fresh);
    }
    buffer = fresh;
    recorded = false;
    return fresh;
  }

  /// Keeps the same values in another dtype, that of the leaf.
  void convert(DType dtype) {
    Tensor before = buffer;
    if (before == null || before.dtype == dtype) {
      return;
    }
    if (!defined) {
      free();
      return;
    }
    long bytes = before.numel * dtype.byteSize();
    Tensor fresh = Raw.over(Storage.allocateShared(bytes), dtype, before.shape);
    Raw.copy(before, fresh);
    free();
    buffer = fresh;
    defined = true;
    recorded = false;
  }

  /// Adds `g` as a part of the graph, for gradients of gradients.
  void accumulateRecorded(Tensor g) {
    Tensor sum = get();
    buffer = sum == null ? g : sum(sum, g);
    recorded = true;
    defined = true;
  }

  /// Refuses a gradient that is not of the dtype and shape of what it is the gradient of.
  static void require(String op, String whose, Tensor g, DType dtype, long[] shape) {
    if (g.dtype != dtype || !Arrays.equals(g.shape, shape)) {
      throw new ShapeException(
          "%s: %s does not match: %s %s for %s %s"
              .formatted(op, whose, g.dtype, Shapes.format(g.shape), dtype, Shapes.format(shape)));
    }
  }

  /// The sum of two gradients; BF16 and F16, which have no arithmetic of their own, by way of F32.
  static Tensor sum(Tensor a, Tensor b) {
    return switch (a.dtype) {
      case BF16, F16 -> a.to(DType.F32).add(b.to(DType.F32)).to(a.dtype);
      case F32, F64, I32, I64, U8, BOOL -> a.add(b);
    };
  }

  /// Adds `g` to `sum`, which is the engine's own.
  static void addTo(Tensor sum, Tensor g) {
    switch (sum.dtype) {
      case BF16, F16 -> Raw.copy(sum(sum, g), sum);
      case F32, F64, I32, I64, U8, BOOL ->
          Raw.binary(ArithmeticKernels.add(sum.dtype), sum, g, sum);
    }
    sum.storage.markModified();
  }

  void free() {
    if (buffer != null && !recorded) {
      buffer.storage.free();
    }
    buffer = null;
    defined = false;
  }
}

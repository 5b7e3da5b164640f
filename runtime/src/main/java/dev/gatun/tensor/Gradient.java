package dev.gatun.tensor;

import dev.gatun.memory.Storage;
import org.jspecify.annotations.Nullable;

/// The gradient of one leaf: memory that lives as long as the leaf and is reused from step to step.
final class Gradient {
  private @Nullable Tensor buffer;
  private boolean defined;
  private boolean recorded;

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
      InPlace.add(sum, g);
    } else {
      Raw.copy(g, sum);
      sum.storage.markModified();
    }
    defined = true;
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

  /// Adds `g` as a part of the graph, for gradients of gradients.
  void accumulateRecorded(Tensor g) {
    Tensor sum = get();
    buffer = sum == null ? g : sum.add(g);
    recorded = true;
    defined = true;
  }

  void free() {
    if (buffer != null && !recorded) {
      buffer.storage.free();
    }
    buffer = null;
    defined = false;
  }
}

package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// A tensor on its way from one thread to another. It belongs to no scope until it is accepted;
/// nothing is copied.
public final class HandOver {
  private @Nullable Tensor tensor;

  private HandOver(Tensor tensor) {
    this.tensor = tensor;
  }

  static HandOver of(Tensor tensor) {
    tensor.storage.detach();
    return new HandOver(tensor);
  }

  /// Takes the tensor up into the innermost open scope of the calling thread, or leaves it to the
  /// garbage collector when none is open.
  ///
  /// @return the tensor that was handed over, without its graph
  /// @throws IllegalStateException if it was accepted before
  public synchronized Tensor accept() {
    Tensor accepted = tensor;
    if (accepted == null) {
      throw new IllegalStateException("handOver: this tensor was accepted before");
    }
    tensor = null;
    accepted.storage.attach();
    return accepted.detach();
  }
}

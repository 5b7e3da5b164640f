package dev.gatun.tensor;

/// A hook that was registered on a tensor, to take it away again: PyTorch's `RemovableHandle`.
public final class HookHandle implements AutoCloseable {
  private final Runnable removal;

  HookHandle(Runnable removal) {
    this.removal = removal;
  }

  /// Takes the hook away; it is not called any longer. Doing so again does nothing.
  public void remove() {
    removal.run();
  }

  /// Same as [#remove].
  @Override
  public void close() {
    remove();
  }
}

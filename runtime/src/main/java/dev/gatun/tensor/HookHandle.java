package dev.gatun.tensor;

/// A hook that was registered on a tensor or a module, to take it away again: PyTorch's
/// `RemovableHandle`.
public final class HookHandle implements AutoCloseable {
  private final Runnable removal;

  /// A handle on a hook that was just registered.
  ///
  /// @param removal takes the hook away; running it again does nothing
  public HookHandle(Runnable removal) {
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

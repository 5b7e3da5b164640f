package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;

/// While one is open on a thread, operations there are recorded, also inside [NoGrad] and in hooks:
/// PyTorch's `torch.enable_grad()` and `torch.set_grad_enabled(mode)`.
///
/// ```java
/// try (var _ = EnableGrad.open(training)) {
///   loss = model.forward(batch);
/// }
/// ```
///
/// Inside [InferenceMode] nothing is recorded all the same.
public final class EnableGrad implements AutoCloseable {
  private final boolean before = Tape.isOn();
  private final Thread owner = Thread.currentThread();

  private EnableGrad(boolean enabled) {
    Tape.recording(enabled);
  }

  /// Turns recording on for this thread until it is closed; may be nested.
  ///
  /// @return the open region
  @MustBeClosed
  public static EnableGrad open() {
    return new EnableGrad(true);
  }

  /// Turns recording on or off for this thread until it is closed; may be nested.
  ///
  /// @param enabled whether operations are recorded
  /// @return the open region
  @MustBeClosed
  public static EnableGrad open(boolean enabled) {
    return new EnableGrad(enabled);
  }

  /// Turns recording back to what it was.
  ///
  /// @throws IllegalStateException on another thread than the one that opened it
  @Override
  public void close() {
    Tape.requireOwner("EnableGrad", owner);
    Tape.recording(before);
  }
}

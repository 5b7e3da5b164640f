package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;

/// While one is open on a thread, operations there are not recorded: PyTorch's `torch.no_grad()`.
///
/// ```java
/// try (var _ = NoGrad.open()) {
///   weight.add_(step);
/// }
/// ```
public final class NoGrad implements AutoCloseable {
  private final boolean before = Tape.isOn();
  private final Thread owner = Thread.currentThread();

  private NoGrad() {
    Tape.recording(false);
  }

  /// Turns recording off on this thread until it is closed; may be nested.
  ///
  /// @return the open region
  @MustBeClosed
  public static NoGrad open() {
    return new NoGrad();
  }

  /// Whether recording is off on this thread; PyTorch's `not torch.is_grad_enabled()`.
  ///
  /// @return true between [#open()] and [#close()], in [InferenceMode], and while gradients are
  ///   computed
  public static boolean isOpen() {
    return !Tape.isRecording();
  }

  /// Turns recording back to what it was.
  ///
  /// @throws IllegalStateException on another thread than the one that opened it
  @Override
  public void close() {
    Tape.requireOwner("NoGrad", owner);
    Tape.recording(before);
  }
}

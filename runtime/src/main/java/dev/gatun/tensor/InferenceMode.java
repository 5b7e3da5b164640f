package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;

/// While one is open on a thread, operations there are not recorded, not even inside [EnableGrad],
/// and the tensors that they make can never become part of a graph: PyTorch's
/// `torch.inference_mode()`.
///
/// ```java
/// try (var _ = InferenceMode.open()) {
///   answer = model.forward(request);
/// }
/// ```
///
/// Outside of it such a tensor can be read, but not changed in place, not be given a gradient, and
/// not be an operand that an operation saves for backward; use a [Tensor#copy()] for that.
public final class InferenceMode implements AutoCloseable {
  /// How many are open, on all threads: the only thing that is read when none is.
  private static int regions;

  private final boolean before = Tape.isInference();
  private final Thread owner = Thread.currentThread();
  private boolean open = true;

  private InferenceMode() {
    count(1);
    Tape.inference(true);
  }

  private static synchronized void count(int change) {
    regions += change;
  }

  /// Turns inference mode on for this thread until it is closed; may be nested.
  ///
  /// @return the open region
  @MustBeClosed
  public static InferenceMode open() {
    return new InferenceMode();
  }

  /// Whether inference mode is on for this thread: PyTorch's `torch.is_inference_mode_enabled()`.
  ///
  /// @return true between [#open()] and [#close()]
  public static boolean isOpen() {
    return regions != 0 && Tape.isInference();
  }

  /// Turns inference mode back to what it was. Closing twice does nothing.
  ///
  /// @throws IllegalStateException on another thread than the one that opened it
  @Override
  public void close() {
    Tape.requireOwner("InferenceMode", owner);
    if (open) {
      open = false;
      Tape.inference(before);
      count(-1);
    }
  }
}

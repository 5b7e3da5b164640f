package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import org.jspecify.annotations.Nullable;

/// While one is open on a thread, a NaN is an error that names the operation that made it and the
/// line that called it: PyTorch's `torch.autograd.detect_anomaly`.
///
/// ```java
/// try (var _ = Anomaly.detect()) {
///   loss(model, batch).backward();
/// }
/// ```
///
/// Backward checks every gradient that an operation returns; with [#detectForward()] results that
/// are recorded are checked too. The line is the innermost one outside of Gatun when the operation
/// was recorded, so forward has to run in the region as well. It is slow: for finding mistakes, not
/// for training. Where no region is open it costs the test of a field.
public final class Anomaly implements AutoCloseable {
  private static final String OWN = "dev.gatun.";

  /// How many regions are open, on all threads: the only thing that is read when none is.
  private static int regions;

  private static final ThreadLocal<@Nullable Anomaly> CURRENT = new ThreadLocal<>();

  private final @Nullable Anomaly outer = CURRENT.get();
  private final Thread owner = Thread.currentThread();
  private final boolean forward;
  private boolean open = true;

  private Anomaly(boolean forward) {
    this.forward = forward;
    CURRENT.set(this);
    count(1);
  }

  private static synchronized void count(int change) {
    regions += change;
  }

  /// Starts to look for NaN on this thread until it is closed; may be nested.
  ///
  /// @return the open region
  @MustBeClosed
  public static Anomaly detect() {
    return new Anomaly(false);
  }

  /// Starts to look for NaN in recorded results too.
  ///
  /// @return the open region
  @MustBeClosed
  public static Anomaly detectForward() {
    return new Anomaly(true);
  }

  /// Notes where `node` was recorded, and checks its result if asked to.
  static void recorded(Node node, Tensor output) {
    Anomaly region = CURRENT.get();
    if (region != null) {
      StackTraceElement line =
          StackWalker.getInstance()
              .walk(frames ->
                  frames
                      .filter(frame -> !frame.getClassName().startsWith(OWN))
                      .findFirst()
                      .map(Anomaly::line)
                      .orElse(null));
      node.withExtras().origin(line);
      if (region.forward && hasNan(output)) {
        throw new IllegalStateException(
            "%s: NaN in its result: %s; called at %s"
                .formatted(node.name(), output.describe(), line));
      }
    }
  }

  /// Class, method, file and number, whatever module it is in.
  private static StackTraceElement line(StackWalker.StackFrame frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }

  /// A gradient that `node` returned for its input `i`, which must not hold NaN in such a region.
  static Tensor checked(Node node, int i, Tensor g) {
    if (isOn() && hasNan(g)) {
      Extras extras = node.extras();
      StackTraceElement line = extras == null ? null : extras.origin();
      throw new IllegalStateException(
          "backward: NaN in the gradient that %s returned for its operand %d: %s; %s"
              .formatted(
                  node.name(),
                  i,
                  g.describe(),
                  line == null
                      ? "run forward inside Anomaly.detect() too, to see where it was called"
                      : node.name() + " was called at " + line));
    }
    return g;
  }

  private static boolean hasNan(Tensor x) {
    if (x.numel == 0 || !x.dtype.isFloating()) {
      return false;
    }
    try (var _ = Scope.open("anomaly")) {
      return Double.isNaN(x.detach().to(DType.F64).max().item());
    }
  }

  /// Whether a region is open on this thread.
  ///
  /// @return true between [#detect()] and [#close()]
  public static boolean isOn() {
    return regions != 0 && CURRENT.get() != null;
  }

  /// Stops looking for NaN, unless an outer region is open. Closing twice does nothing.
  ///
  /// @throws IllegalStateException on another thread than the one that opened it
  @Override
  public void close() {
    Tape.requireOwner("Anomaly", owner);
    if (open) {
      open = false;
      CURRENT.set(outer);
      count(-1);
    }
  }
}

package dev.gatun.backend;

import java.util.Locale;

/// How fast code on the Vector API runs in this JVM, timed: the sum of products of two arrays in
/// vectors beside the same sum in a plain loop. Where the compiler makes vectors of the code it is
/// several times faster; where it does not, every vector is an object and it is many times slower.
///
/// @param bits the width of the vectors
/// @param times how often the sum in vectors is done while the plain loop does it once
public record VectorSpeed(int bits, double times) {
  /// Far from both: compiled to vectors of 128 bits it is 7 or more, and 0.6 or less otherwise.
  private static final double COMPILED = 2;

  private static final long MILLI = 1_000_000;

  /// The least time, so that the number means something: the compiler is at work meanwhile.
  private static final long SETTLED = 25 * MILLI;

  /// On a busy machine the compiler may come late.
  private static final long PATIENCE = 4_000 * MILLI;

  /// A JVM that says itself that its best compiler is off is timed for as long as that.
  private static final long WITHOUT_COMPILER = 200 * MILLI;

  /// Times it. Takes some 30 ms where vectors are compiled, and up to four seconds where not.
  ///
  /// @return the best of many repetitions
  /// @throws IllegalStateException if the Vector API cannot be used here
  public static VectorSpeed measure() {
    if (!Backends.vectorAvailable()) {
      throw new IllegalStateException("vectors: " + VectorProbe.REASON);
    }
    long patience = withoutCompiler() ? WITHOUT_COMPILER : PATIENCE;
    SpeedLoops loops = new SpeedLoops();
    long start = System.nanoTime();
    double times;
    long passed;
    do {
      times = loops.run();
      passed = System.nanoTime() - start;
    } while (passed < SETTLED || (times < COMPILED && passed < patience));
    return new VectorSpeed(loops.bits(), times);
  }

  /// Whether the compiler makes vectors of the code.
  ///
  /// @return true if vectors are clearly faster than the plain loop
  public boolean isCompiled() {
    return times >= COMPILED;
  }

  /// What the JVM says about itself: `interpreted mode` or, with its first compiler alone,
  /// `emulated-client`.
  private static boolean withoutCompiler() {
    String info = System.getProperty("java.vm.info", "");
    return info.contains("interpreted") || info.contains("emulated-client");
  }

  /// One line, such as `512 bits, 21 times as fast as plain Java`.
  @Override
  public String toString() {
    String digits = times >= 10 ? "%.0f" : times >= 1 ? "%.1f" : "%.3f";
    return String.format(
        Locale.ROOT, "%d bits, " + digits + " times as fast as plain Java", bits, times);
  }
}

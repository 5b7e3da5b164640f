package dev.gatun.bench;

import dev.gatun.memory.Scope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How every benchmark runs: its operands live in a scope of its own thread, and what it measures
/// is checked once before. Gatun uses one thread unless a later `-Dgatun.threads` says otherwise.
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {
      "-Xms2g",
      "-Xmx2g",
      "-XX:+AlwaysPreTouch",
      JvmFlags.MODULES,
      JvmFlags.NATIVE_ACCESS,
      JvmFlags.UNSAFE,
      "-Dgatun.threads=1"
    })
@SuppressWarnings("NullAway.Init")
public abstract class CheckedBenchmark {
  private Scope operands;

  /// Makes the operands and checks the results.
  ///
  /// @throws IllegalStateException if a result is wrong
  @Setup
  @SuppressWarnings("MustBeClosedChecker")
  public void setup() {
    operands = Scope.open("operands");
    prepare();
    check();
  }

  /// Gives the operands back.
  @TearDown
  public void tearDown() {
    release();
    operands.close();
  }

  /// Makes the operands, in a scope that lasts until [#release()] has returned.
  abstract void prepare();

  /// Compares what is measured with a reference in doubles.
  abstract void check();

  /// Frees what does not belong to the scope.
  void release() {}
}

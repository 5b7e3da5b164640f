package dev.gatun.bench.compare;

import dev.gatun.bench.CLoops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/// Loops in C, into memory that is there.
public final class CLoopPeer implements Peer {
  /// Is found by its name.
  public CLoopPeer() {}

  @Override
  public String version() {
    return System.getProperty(CLoops.COMPILER, "");
  }

  @Override
  public boolean supports(Workload workload) {
    return workload instanceof Pointwise pointwise
        && switch (pointwise.operation()) {
          case ADD_INTO, RELU, SUM -> true;
          case ADD, TANH, SIGMOID, EXP, SOFTMAX -> false;
        };
  }

  @Override
  public Task prepare(Workload workload) {
    return new Loop((Pointwise) workload);
  }

  private static final class Loop implements Task {
    private static final long COUNT = Pointwise.COUNT;

    private final Arena arena = Arena.ofConfined();
    private final boolean reduces;
    private final MemorySegment c;
    private final Supplier<Object> work;

    Loop(Pointwise workload) {
      MemorySegment a = copy(workload.a());
      MemorySegment b = copy(workload.b());
      c = copy(new float[Pointwise.COUNT]);
      reduces = workload.operation() == Pointwise.Operation.SUM;
      work =
          switch (workload.operation()) {
            case ADD_INTO ->
                () -> {
                  CLoops.add(false, a, b, c, COUNT);
                  return c;
                };
            case RELU ->
                () -> {
                  CLoops.relu(false, a, c, COUNT);
                  return c;
                };
            case SUM -> () -> CLoops.sum(false, a, COUNT);
            default -> throw new IllegalArgumentException("C loops: " + workload.name());
          };
    }

    private MemorySegment copy(float[] values) {
      MemorySegment copy = arena.allocate((long) Float.BYTES * values.length, 64);
      return copy.copyFrom(MemorySegment.ofArray(values));
    }

    @Override
    public Object run() {
      return work.get();
    }

    @Override
    public double[] result() {
      Object result = run();
      return reduces
          ? new double[] {(Double) result}
          : Inputs.doubles(c.toArray(ValueLayout.JAVA_FLOAT));
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}

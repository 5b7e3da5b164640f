package dev.gatun.bench.compare;

import dev.gatun.bench.Models;
import dev.gatun.memory.DType;
import dev.gatun.nn.Plan;
import dev.gatun.nn.Sequential;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Inference as a server does it: a plan, from the caller's memory into the caller's memory.
final class PlanTask implements Task {
  private final Sequential model;
  private final Plan plan;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment x;
  private final MemorySegment y;
  private final int batch;

  @SuppressWarnings("MustBeClosedChecker") // by close()
  PlanTask(Inference workload) {
    batch = workload.batch();
    model = Models.sequential(workload.network());
    model.eval();
    plan = Plan.compile(model, DType.F32, batch, workload.network().inputs());
    x = arena.allocateFrom(ValueLayout.JAVA_FLOAT, workload.x());
    y = arena.allocate(ValueLayout.JAVA_FLOAT, batch * plan.resultRow()[0]);
  }

  @Override
  public Object run() {
    plan.run(x, y, batch);
    return y;
  }

  @Override
  public double[] result() {
    plan.run(x, y, batch);
    float[] values = y.toArray(ValueLayout.JAVA_FLOAT);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  @Override
  public void close() {
    plan.close();
    model.close();
    arena.close();
  }
}

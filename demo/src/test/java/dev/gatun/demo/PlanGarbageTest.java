package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatun.memory.MemoryStats;
import dev.gatun.nn.F;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.Plan;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.WeightPrecision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a call of a plan leaves to the collector, and takes from the system.
class PlanGarbageTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 2_000;

  /// Elementwise steps after each other, of which a plan makes one.
  private static final class Gate extends Module {
    private final Parameter scale = parameter("scale", Tensor.ones(20));

    @Override
    public Tensor forward(Tensor x) {
      Tensor a = x.mul(scale).add(1);
      return F.sigmoid(a).mul(a).sub(0.5);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,STORED", "2,STORED", "1,BF16", "2,BF16", "1,INT8", "8,INT8"})
  void callsMakeAtMost100Bytes(int batch, WeightPrecision weights) {
    try (Sequential mlp = new Sequential(new Linear(20, 256), new ReLU(), new Linear(256, 10))) {
      check(mlp, batch, weights);
    }
  }

  @Test
  void chainsMakeAtMost100Bytes() {
    try (Module gate = new Gate()) {
      check(gate, 8, WeightPrecision.STORED);
    }
  }

  private static void check(Module module, int batch, WeightPrecision weights) {
    module.eval();
    try (Plan plan = Plan.compile(module, Plan.Options.of(8).weights(weights), 20);
        Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(8 * 20 * 4);
      MemorySegment y = arena.allocate(8 * 20 * 4);
      plan.run(x, y, batch);
      MemoryStats before = MemoryStats.now();
      long bytes = Long.MAX_VALUE;
      // Until the compiler has come to it, which takes seconds where other work fills the machine.
      long end = System.nanoTime() + 30_000_000_000L;
      while (bytes > 100 && System.nanoTime() < end) {
        long start = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
          plan.run(x, y, batch);
        }
        bytes = (THREADS.getCurrentThreadAllocatedBytes() - start) / CALLS;
      }
      assertTrue(bytes <= 100, bytes + " bytes in a call");
      assertEquals(before.allocations(), MemoryStats.now().allocations());
    }
  }
}

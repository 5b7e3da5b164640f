package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Plan;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call of a plan leaves to the collector, and takes from the system.
class PlanGarbageTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void callsMakeAtMost100Bytes(int batch) {
    try (Sequential mlp = new Sequential(new Linear(20, 256), new ReLU(), new Linear(256, 10))) {
      mlp.eval();
      try (Plan plan = Plan.compile(mlp, DType.F32, 8, 20);
          Arena arena = Arena.ofConfined()) {
        MemorySegment x = arena.allocate(8 * 20 * 4);
        MemorySegment y = arena.allocate(8 * 10 * 4);
        plan.run(x, y, batch);
        MemoryStats before = MemoryStats.now();
        long bytes = Long.MAX_VALUE;
        // Until the compiler has come to it, which takes seconds where other work fills the
        // machine.
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
}

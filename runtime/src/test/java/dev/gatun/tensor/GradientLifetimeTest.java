package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Where gradients live: beside their leaf, whatever scope the pass ran in.
@ExtendWith(NoOpenScopes.class)
final class GradientLifetimeTest {
  private static Tensor grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad());
  }

  @Test
  void reusesTheMemoryOfAGradient() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(1000).requiresGrad_();
      x.mul(2).sum().backward();
      long address = grad(x).segment().address();
      for (int step = 0; step < 3; step++) {
        x.zeroGrad();
        x.mul(step).sum().backward();
        assertEquals(address, grad(x).segment().address());
        assertEquals(step, grad(x).get(999));
      }
    }
  }

  @Test
  void addsUpWhatThreadsSendBackAtOnce() throws Exception {
    int threads = 8;
    int passes = 50;
    Tensor w = Tensor.ones(64).shared().requiresGrad_();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        done.add(
            executor.submit(() -> {
              for (int i = 0; i < passes; i++) {
                try (var _ = Scope.open("pass")) {
                  w.mul(2).mul(w).sum().backward();
                }
              }
            }));
      }
      for (Future<?> task : done) {
        task.get();
      }
    }
    assertEquals(4.0 * threads * passes, grad(w).get(63));
    w.free();
  }

  @Test
  void keepsTheGradientOfAnOuterLeaf() {
    try (var _ = Scope.open("model")) {
      Tensor w = Tensor.ones(2, 2).requiresGrad_();
      for (int step = 0; step < 2; step++) {
        try (var _ = Scope.open("step")) {
          Tensor.ones(1, 2).matmul(w).sum().backward();
        }
      }
      assertArrayEquals(new float[] {2, 2, 2, 2}, grad(w).toFloatArray());
    }
  }

  @Test
  void freesWhatBackwardMadeInBetween() {
    try (Scope step = Scope.open("step")) {
      Tensor x = Tensor.ones(1000).requiresGrad_();
      Tensor y = x.tanh().mul(x).exp().sum();
      long before = step.bytes();
      y.backward();
      long gradient = grad(x).segment().byteSize();
      assertTrue(
          step.bytes() <= before + 2 * gradient,
          () -> "backward left %d bytes".formatted(step.bytes() - before));
    }
  }

  @Test
  void refusesAGraphWhoseMemoryIsGone() {
    try (var _ = Scope.open("model")) {
      Tensor w = Tensor.ones(2).requiresGrad_();
      Tensor y;
      try (var _ = Scope.open("step")) {
        y = w.exp().mul(w).sum().keep();
      }
      Throwable thrown = assertThrows(IllegalStateException.class, y::backward);
      assertEquals(
          "scope 'step' is closed: tensor [2] was allocated there and can no longer be read",
          thrown.getMessage());
      assertNull(w.grad());
      w.mul(2).sum().backward(); // and the failed pass left nothing behind
      assertArrayEquals(new float[] {2, 2}, grad(w).toFloatArray());
    }
  }

  @Test
  void accumulatesInASharedLeafFromTwoThreadsInTurn()
      throws InterruptedException, ExecutionException {
    Tensor w = Tensor.ones(DType.F64, 3).shared().requiresGrad_();
    for (int i = 0; i < 2; i++) {
      try (var thread = Executors.newSingleThreadExecutor()) {
        thread
            .submit(() -> {
              try (var _ = Scope.open("step")) {
                w.mul(w).sum().backward();
              }
            })
            .get();
      }
    }
    assertTrue(grad(w).isShared());
    assertArrayEquals(new double[] {4, 4, 4}, grad(w).toDoubleArray());
    Garbage.collect();
    long shared = MemoryStats.now().sharedBytes();
    w.free();
    assertTrue(MemoryStats.now().sharedBytes() < shared);
    assertNull(w.grad());
  }

  @Test
  void keepsTheGradientOfALeafWithoutAScope() {
    Tensor w = Tensor.ones(3).requiresGrad_();
    try (var _ = Scope.open("step")) {
      w.mul(3).sum().backward();
    }
    assertArrayEquals(new float[] {3, 3, 3}, grad(w).toFloatArray());
  }

  @Test
  void trainsForManyStepsInConstantMemory() {
    try (var _ = Scope.open("model")) {
      Tensor w = Tensor.zeros(DType.F64, 4).requiresGrad_();
      Tensor target = Tensor.of(new double[] {1, -2, 3, 0.5}, 4);
      Garbage.collect();
      long live = 0;
      for (int step = 0; step < 200; step++) {
        try (var _ = Scope.open("step")) {
          w.zeroGrad();
          w.sub(target).square().sum().backward();
          try (var _ = NoGrad.open()) {
            w.add_(grad(w), -0.1);
          }
        }
        if (step == 10) {
          live = MemoryStats.now().liveBytes();
        }
      }
      assertArrayEquals(target.toDoubleArray(), w.toDoubleArray(), 1e-9);
      assertEquals(live, MemoryStats.now().liveBytes());
    }
  }
}

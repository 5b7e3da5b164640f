package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How tensors leave the scope they were made in.
@ExtendWith(NoOpenScopes.class)
final class OwnershipTest {
  @Test
  void keepsATensorInTheEnclosingScope() {
    Tensor kept;
    try (var _ = Scope.open("outer")) {
      Tensor inner;
      try (var _ = Scope.open("inner")) {
        inner = Tensor.of(1, 2, 3);
        assertSame(inner, inner.keep());
      }
      assertEquals(6, inner.sum().item());
      kept = inner;
    }
    Throwable thrown = assertThrows(IllegalStateException.class, kept::sum);
    assertTrue(String.valueOf(thrown.getMessage()).startsWith("scope 'outer' is closed"));
  }

  @Test
  void keepsATensorBeyondEveryScope() {
    Tensor kept;
    Tensor view;
    try (var _ = Scope.open()) {
      kept = Tensor.of(1, 2, 3).keep();
      view = kept.narrow(0, 1, 2);
    }
    assertEquals(6, kept.sum().item());
    assertEquals(5, view.sum().item());
  }

  @Test
  void handsATensorOverToAnotherThread() throws InterruptedException, ExecutionException {
    try (ExecutorService worker = Executors.newSingleThreadExecutor();
        var _ = Scope.open("here")) {
      Tensor x = Tensor.arange(4).reshape(2, 2).t();
      HandOver parcel = x.handOver();
      Throwable thrown = assertThrows(IllegalStateException.class, x::toString);
      assertEquals(
          "tensor [2,2] was handed over and is nobody's now; accept it on the thread that goes on",
          thrown.getMessage());
      long[] seen =
          worker
              .submit(() -> {
                try (var _ = Scope.open("there")) {
                  Tensor accepted = parcel.accept();
                  assertFalse(accepted.requiresGrad());
                  return accepted.add_(1).toLongArray();
                }
              })
              .get();
      assertArrayEquals(new long[] {1, 3, 2, 4}, seen);
      thrown = assertThrows(IllegalStateException.class, parcel::accept);
      assertEquals("handOver: this tensor was accepted before", thrown.getMessage());
    }
  }

  @Test
  void acceptsATensorWithoutAScope() throws InterruptedException, ExecutionException {
    HandOver parcel;
    try (var _ = Scope.open()) {
      parcel = Tensor.of(1, 2).handOver();
    }
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      Tensor x = worker.submit(parcel::accept).get();
      assertEquals(3, x.sum().item());
    }
  }

  @Test
  void sharesATensorBetweenThreads() throws InterruptedException, ExecutionException {
    Tensor shared;
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2, 3, 4).reshape(2, 2).requiresGrad_();
      shared = x.t().shared();
      assertFalse(x.isShared());
      assertFalse(shared.requiresGrad());
      assertTrue(shared.isContiguous());
    }
    assertTrue(shared.isShared());
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      double sum =
          worker
              .submit(() -> {
                try (var _ = Scope.open()) {
                  return shared.mul(shared).sum().item();
                }
              })
              .get();
      assertEquals(30, sum);
    }
    assertArrayEquals(new float[] {1, 3, 2, 4}, shared.toFloatArray());
    shared.free();
    Throwable thrown = assertThrows(IllegalStateException.class, shared::sum);
    assertEquals("tensor [2,2] was freed and can no longer be read", thrown.getMessage());
  }

  @Test
  void freesMemoryBeforeTheScopeCloses() {
    try (Scope scope = Scope.open()) {
      long before = scope.bytes();
      Tensor x = Tensor.zeros(1000);
      assertTrue(scope.bytes() > before);
      x.free();
      x.free();
      assertEquals(before, scope.bytes());
    }
  }

  @Test
  void leavesNoMemoryBehind() {
    long before = MemoryStats.now().scopedBytes();
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(64, 64).requiresGrad_();
      x.matmul(x).tanh().sum().backward();
      assertTrue(MemoryStats.now().scopedBytes() > before);
    }
    assertEquals(before, MemoryStats.now().scopedBytes());
  }
}

package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertGolden;
import static dev.gatun.tensor.CatalogInputs.leaves;
import static dev.gatun.tensor.CatalogInputs.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryBudgetException;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.OpCatalog.Entry;
import dev.gatun.testing.Golden;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation, and its backward, refused at each of its allocations in turn: the budget grows
/// by what was refused last.
final class BudgetedOperationsTest {
  private long needed;

  static Stream<Entry> entries() {
    return OpCatalog.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void leavesNothingBehindAndSucceedsWithRoom(Entry entry) {
    long open = MemoryStats.now().openScopes();
    long bytes = MemoryStats.now().scopedBytes();
    long budget = 0;
    int refusals = 0;
    while (!runs(entry, budget)) {
      assertEquals(open, MemoryStats.now().openScopes());
      assertEquals(bytes, MemoryStats.now().scopedBytes());
      assertTrue(++refusals < 2000, "it never has enough");
      budget += needed;
    }
    assertEquals(bytes, MemoryStats.now().scopedBytes());
  }

  /// Returns false, and what it would have needed more, when it was refused.
  private boolean runs(Entry entry, long budget) {
    Golden.Case golden = entry.golden();
    try (Scope outer = Scope.open("outer")) {
      List<Tensor> inputs = leaves(golden, UnaryOperator.identity());
      List<Tensor> results;
      try (Scope _ = Scope.open("tight", budget)) {
        results = entry.apply(inputs);
        if (golden.hasSeed()) {
          results.get(0).backward(tensor(golden.seed()).to(results.get(0).dtype()));
        }
        results.forEach(Tensor::keep);
      } catch (MemoryBudgetException e) {
        assertEquals(budget, e.limitBytes());
        assertSame(outer, Scope.current());
        inputs.forEach(x -> assertEquals(x.numel(), x.detach().toDoubleArray().length));
        needed = Math.max(64, (e.requestedBytes() + 63) / 64 * 64);
        return false;
      }
      compare(golden, inputs, results);
      return true;
    }
  }

  private static void compare(Golden.Case golden, List<Tensor> inputs, List<Tensor> results) {
    int i = 0;
    for (var expected : golden.outputs().entrySet()) {
      assertGolden(expected.getKey(), expected.getValue(), results.get(i++), 1e-12, 1e-14);
    }
    i = 0;
    for (String name : golden.inputs().keySet()) {
      Tensor input = inputs.get(i++);
      if (golden.grads().containsKey(name)) {
        assertGolden("gradient of " + name, golden.grad(name), input.grad(), 1e-12, 1e-14);
      }
    }
  }
}

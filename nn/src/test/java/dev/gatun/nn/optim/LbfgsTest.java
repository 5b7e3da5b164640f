package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Checks;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.Golden;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// L-BFGS against PyTorch's.
class LbfgsTest {
  private static final LBFGS.Options OPTIONS = LBFGS.Options.of();

  static Stream<Golden.Case> cases() {
    return Golden.load(LbfgsTest.class, "LBFGS.txt").cases().stream();
  }

  private static LBFGS.Options options(String name) {
    return switch (name) {
      case "LBFGS" -> OPTIONS;
      case "LBFGS-lr" -> OPTIONS.lr(0.5).maxIter(4);
      case "LBFGS-wolfe" -> OPTIONS.strongWolfe(true);
      case "LBFGS-wolfe-short" -> OPTIONS.maxIter(3).strongWolfe(true);
      case "LBFGS-history" -> OPTIONS.lr(0.2).maxIter(5).historySize(2);
      case "LBFGS-wolfe-history" -> OPTIONS.maxIter(5).historySize(3).strongWolfe(true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Supplier<Tensor> loss(Optimizer optimizer, Checks.Inputs in, List<Parameter> p) {
    return () -> {
      optimizer.zeroGrad();
      Tensor x = Tensor.cat(0, p.get(0), p.get(1).view(2));
      Tensor loss = in.get("A").mv(x).sub(in.get("b")).square().sum();
      loss = loss.add(x.square().square().sum().mul(0.1));
      loss.backward();
      return loss;
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Golden.Case c) {
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      List<Parameter> p = List.of(new Parameter(in.get("p")), new Parameter(in.get("q")));
      double[] losses = new double[10];
      try (Optimizer optimizer = new LBFGS(p, options(c.name()))) {
        for (int step = 1; step <= 10; step++) {
          losses[step - 1] = optimizer.step(loss(optimizer, in, p));
          if (c.outputs().containsKey("p" + step)) {
            Checks.assertClose(c.output("p" + step), p.get(0).detach(), 1e-7, 1e-7);
            Checks.assertClose(c.output("q" + step), p.get(1).detach(), 1e-7, 1e-7);
          }
        }
      }
      Checks.assertClose(c.output("losses").values(), losses, 1e-8, 1e-8);
      p.forEach(Tensor::free);
    }
  }

  @Test
  void resumesWhereItWas() {
    Golden.Case c = cases().filter(x -> x.name().equals("LBFGS-wolfe-history")).findFirst().get();
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      List<Parameter> p = List.of(new Parameter(in.get("p")), new Parameter(in.get("q")));
      try (Optimizer first = new LBFGS(p, options(c.name()));
          Optimizer second = new LBFGS(p, OPTIONS)) {
        first.step(loss(first, in, p));
        second.loadStateDict(first.stateDict());
        assertEquals(first.toString(), second.toString());
        double next = second.step(loss(second, in, p));
        assertEquals(c.output("losses").values()[1], next, 1e-9);
        double after = second.step(loss(second, in, p));
        assertEquals(c.output("losses").values()[2], after, 1e-9);
      }
      p.forEach(Tensor::free);
    }
  }

  @Test
  void leavesNothingBehind() {
    Garbage.collect();
    long shared = MemoryStats.now().sharedBytes();
    Golden.Case c = cases().filter(x -> x.name().equals("LBFGS-history")).findFirst().get();
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      long scoped = MemoryStats.now().scopedBytes();
      List<Parameter> p = List.of(new Parameter(in.get("p")), new Parameter(in.get("q")));
      try (Optimizer optimizer = new LBFGS(p, options(c.name()))) {
        optimizer.step(loss(optimizer, in, p));
        long held = MemoryStats.now().sharedBytes();
        optimizer.step(loss(optimizer, in, p));
        assertEquals(held, MemoryStats.now().sharedBytes());
      }
      p.forEach(Tensor::free);
      assertEquals(scoped, MemoryStats.now().scopedBytes());
    }
    assertEquals(shared, MemoryStats.now().sharedBytes());
  }

  @Test
  void needsAClosureAndOneGroup() {
    try (Optimizer optimizer = new LBFGS(List.of(new Parameter(Tensor.zeros(1))))) {
      assertEquals(
          "LBFGS: a step computes the loss several times; call step(closure)",
          assertThrows(UnsupportedOperationException.class, optimizer::step).getMessage());
      assertEquals(
          "LBFGS: there is one group of parameters only",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      optimizer.addParamGroup(
                          ParameterGroup.of(List.of(new Parameter(Tensor.zeros(1))))))
              .getMessage());
    }
  }
}

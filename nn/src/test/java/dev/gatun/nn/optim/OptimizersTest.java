package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trajectories of the optimizers against PyTorch's.
class OptimizersTest {
  static Stream<Golden.Case> cases() {
    return Stream.of(
            "SGD",
            "Adam",
            "AdamW",
            "NAdam",
            "RAdam",
            "Adamax",
            "Adagrad",
            "Adadelta",
            "RMSprop",
            "Rprop",
            "ASGD")
        .flatMap(file -> Golden.load(OptimizersTest.class, file + ".txt").cases().stream());
  }

  private static Optimizer make(String name, List<Tensor> p) {
    SGD.Options slow = SGD.Options.of(0.02).momentum(0.9);
    SGD.Options sgd = SGD.Options.of(0.05);
    AdamOptions adam = AdamOptions.of(0.1);
    AdamOptions adamW = adam.weightDecay(0.01);
    return switch (name) {
      case "SGD" -> new SGD(p, 0.05);
      case "SGD-momentum" -> new SGD(p, 0.02, 0.9);
      case "SGD-dampening" -> new SGD(p, slow.dampening(0.5));
      case "SGD-nesterov" -> new SGD(p, slow.nesterov(true));
      case "SGD-weightDecay" -> new SGD(p, sgd.weightDecay(0.1));
      case "SGD-momentum-weightDecay" -> new SGD(p, slow.weightDecay(0.1));
      case "SGD-maximize" -> new SGD(p, sgd.maximize(true));
      case "Adam" -> new Adam(p, 1e-3);
      case "Adam-lr" -> new Adam(p, 0.1);
      case "Adam-weightDecay" -> new Adam(p, adam.weightDecay(0.1));
      case "Adam-amsgrad" -> new Adam(p, adam.amsgrad(true));
      case "Adam-betas" -> new Adam(p, adam.betas(0.8, 0.95));
      case "Adam-eps" -> new Adam(p, adam.eps(0.01));
      case "Adam-maximize" -> new Adam(p, adam.maximize(true));
      case "AdamW" -> new AdamW(p, 1e-3);
      case "AdamW-lr" -> new AdamW(p, 0.1);
      case "AdamW-weightDecay" -> new AdamW(p, adamW.weightDecay(0.1));
      case "AdamW-amsgrad" -> new AdamW(p, adamW.amsgrad(true));
      case "AdamW-betas" -> new AdamW(p, adamW.betas(0.8, 0.95));
      case "AdamW-maximize" -> new AdamW(p, adamW.maximize(true));
      default -> OptimizerRows.make(name, p);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Golden.Case c) {
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      Parameter p = new Parameter(in.get("p"));
      boolean maximize = c.name().contains("maximize");
      try (Optimizer optimizer = make(c.name(), List.of(p))) {
        for (int step = 1; step <= 50; step++) {
          optimizer.zeroGrad();
          try (var _ = Scope.open()) {
            Tensor loss = in.get("A").mv(p).sub(in.get("b")).square().sum();
            Tensor signed = maximize ? loss.neg() : loss;
            if (step == 1) {
              Checks.assertClose(c.output("loss"), signed.detach());
            }
            signed.backward();
          }
          optimizer.step();
          if (c.outputs().containsKey("p" + step)) {
            Checks.assertClose(c.output("p" + step), p.detach());
          }
        }
      }
      p.free();
    }
  }

  @Test
  void passesOverParametersWithoutGradient() {
    try (var _ = Scope.open()) {
      Parameter used = new Parameter(Tensor.ones(2));
      Parameter unused = new Parameter(Tensor.ones(2));
      try (Optimizer optimizer = new AdamW(List.of(used, unused), 0.1)) {
        used.sum().backward();
        optimizer.step();
      }
      assertArrayEquals(new float[] {1, 1}, unused.detach().toFloatArray());
      assertEquals(0.899f, used.detach().toFloatArray()[0], 1e-6);
    }
  }

  @Test
  void learningRateMayChange() {
    try (var _ = Scope.open()) {
      Parameter p = new Parameter(Tensor.zeros(1));
      try (Optimizer optimizer = new SGD(List.of(p), 1).lr(0.25)) {
        assertEquals(0.25, optimizer.lr());
        p.sum().backward();
        optimizer.step();
      }
      assertEquals(-0.25, p.detach().item());
    }
  }

  @Test
  void closingFreesTheState() {
    Parameter p;
    try (var _ = Scope.open()) {
      p = new Parameter(Tensor.zeros(1000));
      p.sum().backward();
    }
    Garbage.collect();
    long before = MemoryStats.now().sharedBytes();
    Optimizer optimizer = new Adam(List.of(p), AdamOptions.of(0.1).amsgrad(true));
    optimizer.step();
    long after = MemoryStats.now().sharedBytes();
    optimizer.step();
    assertEquals(after, MemoryStats.now().sharedBytes());
    optimizer.close();
    assertEquals(before, MemoryStats.now().sharedBytes());
    p.free();
  }

  private static @Nullable String refused(Supplier<?> action) {
    return assertThrows(IllegalArgumentException.class, action::get).getMessage();
  }

  @Test
  void rejectsWhatCannotBeOptimized() {
    try (var _ = Scope.open()) {
      Tensor p = Tensor.zeros(2, 3).requiresGrad_();
      List<Tensor> one = List.of(p);
      assertEquals("optimizer: no parameters", refused(() -> make("SGD", List.of())));
      assertEquals(
          "optimizer: tensor [2,3] is given twice", refused(() -> make("SGD", List.of(p, p))));
      assertEquals(
          "optimizer: tensor [2,3] is the result of an operation; pass the leaves it was made from",
          refused(() -> make("SGD", List.of(p.mul(2)))));
      assertEquals("optimizer: lr must not be negative: -1.0", refused(() -> new SGD(one, -1)));
      assertEquals(
          "SGD: nesterov needs momentum and no dampening: momentum 0.0, dampening 0.0",
          refused(() -> new SGD(one, SGD.Options.of(1).nesterov(true))));
      assertEquals(
          "optimizer: beta2 must be at least 0 and below 1: 1.0",
          refused(() -> AdamOptions.of(1).betas(0.9, 1)));
    }
  }

  @Test
  void printsItsOptions() {
    try (Optimizer sgd = new SGD(List.of(new Parameter(Tensor.zeros(1))), 0.1, 0.9);
        Optimizer adam = new Adam(List.of(new Parameter(Tensor.zeros(1))), 0.1);
        Optimizer adamW = new AdamW(List.of(new Parameter(Tensor.zeros(1))), 0.1)) {
      assertEquals(
          "SGD[lr=0.1, momentum=0.9, dampening=0.0, weightDecay=0.0, nesterov=false,"
              + " maximize=false]",
          sgd.toString());
      assertEquals(
          "Adam[lr=0.1, beta1=0.9, beta2=0.999, eps=1.0E-8, weightDecay=0.0, amsgrad=false,"
              + " maximize=false]",
          adam.toString());
      assertEquals(
          "AdamW[lr=0.1, beta1=0.9, beta2=0.999, eps=1.0E-8, weightDecay=0.01, amsgrad=false,"
              + " maximize=false]",
          adamW.toString());
    }
  }
}

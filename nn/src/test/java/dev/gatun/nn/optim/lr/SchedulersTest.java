package dev.gatun.nn.optim.lr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.nn.Checks;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.optim.Adagrad;
import dev.gatun.nn.optim.Adam;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Learning rates over 60 epochs against PyTorch's.
class SchedulersTest {
  private static final int EPOCHS = 60;

  static Stream<Golden.Case> cases() {
    return Golden.load(SchedulersTest.class, "schedulers.txt").cases().stream();
  }

  private static Optimizer twoGroups() {
    return new SGD(
        SGD.Options.of(0.1).momentum(0.9),
        ParameterGroup.of(List.of(new Parameter(Tensor.zeros(1)))),
        ParameterGroup.of(List.of(new Parameter(Tensor.zeros(1)))).lr(0.4));
  }

  private static Scheduler make(String name, Optimizer o) {
    OneCycleLR.Options cycle = OneCycleLR.Options.of(0.3, 61);
    CyclicLR.Options triangle = CyclicLR.Options.of(0.01, 0.2).stepSizeUp(8).stepSizeDown(8);
    ReduceLROnPlateau.Options plateau = ReduceLROnPlateau.Options.of();
    return switch (name) {
      case "StepLR" -> new StepLR(o, 7, 0.3);
      case "MultiStepLR" -> new MultiStepLR(o, List.of(5, 12, 12, 40), 0.5);
      case "ConstantLR" -> new ConstantLR(o, 0.3, 9);
      case "LinearLR" -> new LinearLR(o, 0.2, 0.9, 11);
      case "ExponentialLR" -> new ExponentialLR(o, 0.93);
      case "PolynomialLR" -> new PolynomialLR(o, 40, 1.7);
      case "CosineAnnealingLR" -> new CosineAnnealingLR(o, 13, 0.002);
      case "CosineAnnealingWarmRestarts" -> new CosineAnnealingWarmRestarts(o, 5, 2, 0.001);
      case "CosineAnnealingWarmRestarts-equal" -> new CosineAnnealingWarmRestarts(o, 8);
      case "OneCycleLR" -> new OneCycleLR(o, 0.3, 61);
      case "OneCycleLR-linear" ->
          new OneCycleLR(
              o,
              OneCycleLR.Options.of(0, 70)
                  .maxLr(List.of(0.3, 0.5))
                  .pctStart(0.2)
                  .cosine(false)
                  .divFactor(10)
                  .finalDivFactor(100));
      case "OneCycleLR-threePhase" ->
          new OneCycleLR(o, cycle.threePhase(true).baseMomentum(0.7).maxMomentum(0.9));
      case "CyclicLR" -> new CyclicLR(o, triangle);
      case "CyclicLR-triangular2" ->
          new CyclicLR(o, triangle.maxLr(List.of(0.2, 0.3)).stepSizeDown(4).triangular2());
      case "CyclicLR-expRange" -> new CyclicLR(o, triangle.expRange(0.97).cycleMomentum(false));
      case "LambdaLR" ->
          new LambdaLR(o, List.of(e -> Math.pow(0.95, (double) e), e -> 1.0 / (1 + e)));
      case "MultiplicativeLR" -> new MultiplicativeLR(o, e -> e % 3 == 0 ? 0.9 : 1.01);
      case "SequentialLR" ->
          new SequentialLR(
              o,
              List.of(
                  new ConstantLR(o, 0.1, 2),
                  new ExponentialLR(o, 0.9),
                  new CosineAnnealingLR(o, 20),
                  new StepLR(o, 3)),
              List.of(4, 20, 45));
      case "SequentialLR-restarts" ->
          new SequentialLR(
              o,
              List.of(new LinearLR(o, 0.1, 6), new CosineAnnealingWarmRestarts(o, 10)),
              List.of(6));
      case "ChainedScheduler" ->
          new ChainedScheduler(
              List.of(
                  new ConstantLR(o, 0.1, 4),
                  new ExponentialLR(o, 0.9),
                  new MultiStepLR(o, List.of(10, 30))));
      case "SWALR" -> new SWALR(o, List.of(0.02), 12, true);
      case "SWALR-linear" -> new SWALR(o, List.of(0.02, 0.5), 7, false);
      case "ReduceLROnPlateau" -> new ReduceLROnPlateau(o, plateau.patience(2));
      case "ReduceLROnPlateau-max" ->
          new ReduceLROnPlateau(o, plateau.max(true).factor(0.5).patience(1).cooldown(2));
      case "ReduceLROnPlateau-abs" ->
          new ReduceLROnPlateau(
              o,
              plateau
                  .factor(0.3)
                  .patience(1)
                  .threshold(0.05)
                  .relative(false)
                  .minLr(List.of(0.01, 0.001)));
      case "ReduceLROnPlateau-maxAbs" ->
          new ReduceLROnPlateau(o, plateau.max(true).patience(3).relative(false).eps(0.01));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void step(Scheduler scheduler, Golden.Case c, int epoch) {
    if (scheduler instanceof LRScheduler byEpoch) {
      byEpoch.step();
    } else {
      ((ReduceLROnPlateau) scheduler).step(c.output("metrics").values()[epoch]);
    }
  }

  /// In the middle, another scheduler takes over by the states of both.
  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Golden.Case c) {
    Optimizer optimizer = twoGroups();
    Scheduler scheduler = make(c.name(), optimizer);
    double[][] seen = new double[3][EPOCHS];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      if (epoch == 23) {
        Optimizer next = twoGroups();
        Scheduler resumed = make(c.name(), next);
        next.loadStateDict(optimizer.stateDict());
        resumed.loadStateDict(scheduler.stateDict());
        assertEquals(scheduler.stateDict(), resumed.stateDict());
        optimizer = next;
        scheduler = resumed;
      }
      seen[0][epoch] = optimizer.groups().get(0).lr();
      seen[1][epoch] = optimizer.groups().get(1).lr();
      seen[2][epoch] = optimizer.groups().get(1).get("momentum");
      if (epoch > 0) {
        assertEquals(List.of(seen[0][epoch], seen[1][epoch]), scheduler.lastLr());
      }
      step(scheduler, c, epoch);
    }
    Checks.assertClose(c.output("lr0").values(), seen[0], 1e-14, 1e-17);
    Checks.assertClose(c.output("lr1").values(), seen[1], 1e-14, 1e-17);
    Checks.assertClose(c.output("momentum").values(), seen[2], 1e-14, 1e-17);
  }

  @Test
  void cyclesTheFirstBeta() {
    Optimizer adam = new Adam(List.of(new Parameter(Tensor.zeros(1))), 0.1);
    OneCycleLR scheduler = new OneCycleLR(adam, 0.3, 10);
    assertEquals(0.95, adam.groups().getFirst().get("betas.0"));
    assertEquals(0.3 / 25, adam.lr(), 1e-16);
    scheduler.step();
    scheduler.step();
    assertEquals(0.85, adam.groups().getFirst().get("betas.0"), 1e-15);
    assertEquals(0.999, adam.groups().getFirst().get("betas.1"));
    for (int step = 2; step < 10; step++) {
      scheduler.step();
    }
    assertEquals(
        "OneCycleLR: no step after the last: 10 in all",
        assertThrows(IllegalStateException.class, scheduler::step).getMessage());
  }

  @Test
  void goesToPartsOfAnEpoch() {
    Optimizer optimizer = twoGroups();
    CosineAnnealingWarmRestarts scheduler = new CosineAnnealingWarmRestarts(optimizer, 4, 2, 0);
    scheduler.step(4.5);
    assertEquals(0.1 * (1 + Math.cos(Math.PI * 0.5 / 8)) / 2, optimizer.lr(), 1e-16);
    scheduler.step(13.0);
    assertEquals(0.1 * (1 + Math.cos(Math.PI / 16)) / 2, optimizer.lr(), 1e-16);
  }

  private static @Nullable String refused(Supplier<?> action) {
    return assertThrows(IllegalArgumentException.class, action::get).getMessage();
  }

  @Test
  void rejectsWhatIsNoSchedule() {
    Optimizer o = twoGroups();
    assertEquals("StepLR: step size must be positive: 0", refused(() -> new StepLR(o, 0)));
    assertEquals(
        "ConstantLR: factor must be 0 to 1: 1.5", refused(() -> new ConstantLR(o, 1.5, 2)));
    assertEquals(
        "LambdaLR: functions: one for all groups or one for each is needed: 3 for 2 groups",
        refused(() -> new LambdaLR(o, List.of(_ -> 1, _ -> 1, _ -> 1))));
    assertEquals(
        "SequentialLR: one milestone less than schedulers is needed: 2 for 1",
        refused(() -> new SequentialLR(o, List.of(new StepLR(o, 1)), List.of(1, 2))));
    assertEquals(
        "ChainedScheduler: the schedulers are of several optimizers",
        refused(() -> new ChainedScheduler(List.of(new StepLR(o, 1), new StepLR(twoGroups(), 1)))));
    Optimizer adagrad = new Adagrad(List.of(new Parameter(Tensor.zeros(1))));
    assertEquals(
        "OneCycleLR: the optimizer has no momentum: [lr, lr_decay, weight_decay,"
            + " initial_accumulator_value, eps, maximize]; use cycleMomentum(false)",
        refused(() -> new OneCycleLR(adagrad, 1, 10)));
    StepLR step = new StepLR(o, 1);
    assertEquals(
        "StepLR: loadStateDict: no 'base_lrs.0': [last_epoch]",
        assertThrows(
                IllegalArgumentException.class, () -> step.loadStateDict(Map.of("last_epoch", 1.0)))
            .getMessage());
  }
}

package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.data.TensorDataset;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Batch normalizations that convolutions take over, and their running values.
class FusionTest {
  private static final Golden CASES = Golden.load(FusionTest.class, "fusion.txt");
  private static final Golden UPDATES = Golden.load(FusionTest.class, "update-bn.txt");

  private static <M extends Module> M loaded(M module, Golden.Case golden, String prefix) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    golden
        .inputs()
        .forEach((name, array) -> {
          if (name.startsWith(prefix)) {
            state.put(name.substring(prefix.length()), Checks.tensor(array));
          }
        });
    module.loadStateDict(state, false);
    module.eval();
    return module;
  }

  private static Convolution.Options options(long in, long out, long kernel) {
    return Convolution.Options.of(in, out, kernel).dtype(DType.F64);
  }

  private static NormOptions norm(long channels) {
    return NormOptions.batch(channels).dtype(DType.F64);
  }

  private static void check(Golden.Case golden, Module both, Convolution fused) {
    Tensor x = Checks.tensor(golden.input("x"));
    assertFalse(fused.isTraining());
    Checks.assertClose(golden.output("weight"), fused.weight().detach());
    Checks.assertClose(golden.output("bias"), Objects.requireNonNull(fused.bias()).detach());
    Checks.assertClose(golden.output("y"), fused.forward(x).detach());
    Checks.assertClose(golden.output("y"), both.forward(x).detach());
    fused.close();
    both.close();
  }

  @Test
  void computesBothLayersAtOnce() {
    try (var _ = Scope.open()) {
      Golden.Case golden = CASES.get("fused-2d");
      Conv2d conv = loaded(new Conv2d(options(2, 3, 2).padding(1)), golden, "conv.");
      BatchNorm2d norm = loaded(new BatchNorm2d(norm(3).eps(0.1)), golden, "norm.");
      check(golden, new Sequential(conv, norm), Fusion.fuseConvBnEval(conv, norm));
    }
  }

  @Test
  void fusesGroupsWithoutBiasOrWeights() {
    try (var _ = Scope.open()) {
      Golden.Case golden = CASES.get("fused-groups");
      Convolution.Options options = options(4, 4, 2).groups(2).stride(2).bias(false);
      Conv1d conv = loaded(new Conv1d(options), golden, "conv.");
      BatchNorm1d norm = loaded(new BatchNorm1d(norm(4).affine(false)), golden, "norm.");
      check(golden, new Sequential(conv, norm), Fusion.fuseConvBnEval(conv, norm));
    }
  }

  @Test
  void fusesTransposedConvolutions() {
    try (var _ = Scope.open()) {
      Golden.Case golden = CASES.get("fused-transposed");
      ConvTranspose1d conv = loaded(new ConvTranspose1d(options(2, 3, 2)), golden, "conv.");
      BatchNorm1d norm = loaded(new BatchNorm1d(norm(3)), golden, "norm.");
      check(golden, new Sequential(conv, norm), Fusion.fuseConvBnEval(conv, norm));
    }
  }

  /// PyTorch's function is wrong for these, so the layers themselves say what is right.
  @Test
  void fusesTransposedGroupsAndOtherDimensions() {
    try (var _ = Scope.open();
        var _ = NoGrad.open()) {
      ConvTranspose2d conv = new ConvTranspose2d(options(4, 6, 2).groups(2));
      BatchNorm2d norm = new BatchNorm2d(norm(6));
      draw(norm);
      conv.eval();
      same(conv, norm, Fusion.fuseConvBnEval(conv, norm), 1, 4, 3, 3);
      Conv3d cube = new Conv3d(options(2, 3, 2));
      BatchNorm3d norm3 = new BatchNorm3d(norm(3));
      draw(norm3);
      cube.eval();
      same(cube, norm3, Fusion.fuseConvBnEval(cube, norm3), 1, 2, 3, 3, 3);
      ConvTranspose3d back = Parametrizations.weightNorm(new ConvTranspose3d(options(2, 3, 2)));
      back.eval();
      same(back, norm3, Fusion.fuseConvBnEval(back, norm3), 1, 2, 3, 3, 3);
      norm.close();
      norm3.close();
    }
  }

  private static void draw(Module norm) {
    Generator generator = Generator.seeded(5);
    for (Tensor tensor : norm.stateDict().values()) {
      if (tensor.dtype().isFloating()) {
        tensor.copy_(Tensor.rand(generator, DType.F64, tensor.shape()).add(0.5));
      }
    }
    norm.eval();
  }

  private static void same(Module conv, Module norm, Module fused, long... shape) {
    Tensor x = Tensor.randn(Generator.seeded(6), DType.F64, shape);
    Tensor expected = norm.forward(conv.forward(x));
    Checks.assertClose(expected.toDoubleArray(), fused.forward(x).toDoubleArray(), 1e-12, 1e-12);
    conv.close();
    fused.close();
  }

  @Test
  void refusesLayersThatDoNotFit() {
    try (Conv2d conv = new Conv2d(2, 3, 2);
        BatchNorm2d wide = new BatchNorm2d(4);
        BatchNorm2d bare = new BatchNorm2d(NormOptions.batch(3).trackRunningStats(false))) {
      assertEquals(
          "fuseConvBnEval: both layers must be in evaluation mode: Conv2d and BatchNorm2d; call"
              + " eval()",
          message(conv, wide));
      conv.eval();
      wide.eval();
      bare.eval();
      assertEquals(
          "fuseConvBnEval: channels differ: Conv2d and BatchNorm2d (3 != 4)", message(conv, wide));
      assertEquals(
          "fuseConvBnEval: the normalization has no running values: Conv2d and BatchNorm2d",
          message(conv, bare));
    }
  }

  private static String message(Conv2d conv, BatchNorm2d norm) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Fusion.fuseConvBnEval(conv, norm))
            .getMessage());
  }

  @Test
  void runningValuesBecomeTheMeansOfAPass() {
    Golden.Case golden = UPDATES.get("updateBn");
    try (var _ = Scope.open();
        Linear linear = new Linear(3, 2, true, DType.F64);
        BatchNorm1d norm = new BatchNorm1d(norm(2).momentum(0.3))) {
      linear.loadStateDict(
          Map.of(
              "weight", Checks.tensor(golden.input("w")),
              "bias", Checks.tensor(golden.input("b"))));
      Objects.requireNonNull(norm.runningMean()).fill_(7);
      norm.getBuffer("num_batches_tracked").fill_(9);
      Module model = new Sequential(linear, norm).eval();
      Tensor x = Checks.tensor(golden.input("x"));
      RunningStatistics.updateBn(new DataLoader(new TensorDataset(x), 3), model);
      golden.outputs().forEach((name, array) -> Checks.assertClose(array, norm.getBuffer(name)));
      assertFalse(model.isTraining());
      // The momentum is back: 0.7 of what was, and 0.3 of the batch.
      norm.train();
      double before = norm.getBuffer("running_mean").get(0);
      Tensor _ = norm.forward(Tensor.zeros(DType.F64, 4, 2));
      assertEquals(0.7 * before, norm.getBuffer("running_mean").get(0), 1e-12);
    }
  }

  @Test
  void aFailingPassLeavesTheModelInItsMode() {
    try (Module model = new Sequential(new BatchNorm1d(2)).eval();
        var _ = Scope.open()) {
      var loader = new DataLoader(new TensorDataset(Tensor.zeros(4, 3)), 2);
      assertThrows(IllegalArgumentException.class, () -> RunningStatistics.updateBn(loader, model));
      assertFalse(model.isTraining());
    }
  }
}

package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares gradients with central differences: PyTorch's `torch.autograd.gradcheck`.
///
/// The function is made a scalar by a fixed random weighting of its result. Inputs of up to 32
/// elements are checked element by element, larger ones along a random direction. F64 only: in F32
/// the differences drown in rounding.
public final class GradCheck {
  private static final double STEP = 1e-6;
  private static final double RELATIVE = 1e-5;
  private static final double ABSOLUTE = 1e-6;
  private static final long ELEMENTWISE = 32;

  private final Function<List<Tensor>, Tensor> function;
  private final List<Tensor> inputs;
  private final Generator generator = Generator.seeded(20_250_916);

  private GradCheck(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    this.function = function;
    this.inputs = List.of(inputs);
  }

  /// Checks the gradient of `function` with respect to every input that requires one.
  ///
  /// @param function deterministic; F64 in, F64 out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError naming the input, the element, the analytic and the numeric value
  public static void check(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    try (var _ = Scope.open("gradcheck")) {
      new GradCheck(function, inputs).run();
    }
  }

  /// Checks the gradient of the gradient of `function`: PyTorch's `gradgradcheck`.
  ///
  /// @param function deterministic and differentiable twice; F64 in, F64 out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError naming the input, the element, the analytic and the numeric value
  public static void checkSecond(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    check(in -> weightedGradient(function, in), inputs);
  }

  private static Tensor weightedGradient(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
    Generator weights = Generator.seeded(7);
    Tensor y = function.apply(inputs);
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    Tensor u = Tensor.randn(weights, DType.F64, y.shape);
    List<@Nullable Tensor> gradients =
        Autograd.grad(
            List.of(y), wanted, new GradOptions().gradOutputs(u).createGraph().allowUnused());
    Tensor sum = Tensor.zeros(DType.F64);
    for (Tensor g : gradients) {
      if (g != null) {
        sum = sum.add(g.mul(Tensor.randn(weights, DType.F64, g.shape)).sum());
      }
    }
    return sum;
  }

  private void run() {
    for (Tensor input : inputs) {
      if (input.requiresGrad() && (input.dtype != DType.F64 || !input.isLeaf())) {
        throw new DTypeException(
            "gradcheck: needs F64 leaves, got %s %s"
                .formatted(input.dtype, Shapes.format(input.shape)));
      }
    }
    Tensor y = function.apply(inputs);
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    Tensor u = Tensor.randn(generator, DType.F64, y.shape);
    // What does not depend on any input must be found flat below.
    List<@Nullable Tensor> gradients =
        y.requiresGrad()
            ? Autograd.grad(List.of(y), wanted, new GradOptions().gradOutputs(u).allowUnused())
            : Collections.nCopies(wanted.size(), null);
    for (int i = 0; i < wanted.size(); i++) {
      Tensor x = wanted.get(i);
      Tensor g = gradients.get(i);
      Tensor analytic = g == null ? Tensor.zeros(DType.F64, x.shape) : g.detach();
      if (x.numel <= ELEMENTWISE) {
        checkElements(inputs.indexOf(x), x, analytic, u);
      } else {
        checkDirection(inputs.indexOf(x), x, analytic, u);
      }
    }
  }

  private void checkElements(int input, Tensor x, Tensor analytic, Tensor u) {
    double[] values = x.detach().toDoubleArray();
    double[] expected = analytic.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double[] direction = new double[values.length];
      direction[i] = 1;
      double numeric = slope(x, values, direction, u);
      compare("input %d, element %d".formatted(input, i), expected[i], numeric);
    }
  }

  private void checkDirection(int input, Tensor x, Tensor analytic, Tensor u) {
    double[] direction = Tensor.randn(generator, DType.F64, x.numel).toDoubleArray();
    double[] gradient = analytic.toDoubleArray();
    double expected = 0;
    for (int i = 0; i < gradient.length; i++) {
      expected += gradient[i] * direction[i];
    }
    double numeric = slope(x, x.detach().toDoubleArray(), direction, u);
    compare("input %d, along a random direction".formatted(input), expected, numeric);
  }

  private double slope(Tensor x, double[] values, double[] direction, Tensor u) {
    double up = weighted(x, values, direction, STEP, u);
    double down = weighted(x, values, direction, -STEP, u);
    weighted(x, values, direction, 0, u);
    return (up - down) / (2 * STEP);
  }

  private double weighted(Tensor x, double[] values, double[] direction, double step, Tensor u) {
    try (var _ = Scope.open("gradcheck step")) {
      double[] moved = values.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += step * direction[i];
      }
      try (var _ = NoGrad.open()) {
        x.copy_(Tensor.of(moved, x.shape));
      }
      // With recording on: the function may itself ask for gradients.
      return function.apply(inputs).detach().mul(u).sum().item();
    }
  }

  private static void compare(String where, double analytic, double numeric) {
    double tolerance = ABSOLUTE + RELATIVE * Math.max(Math.abs(numeric), Math.abs(analytic));
    if (!(Math.abs(analytic - numeric) <= tolerance)) {
      throw new AssertionError(
          "gradcheck: %s: analytic %s, numeric %s".formatted(where, analytic, numeric));
    }
  }
}

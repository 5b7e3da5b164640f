package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.util.ArrayList;
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
  private static final long ELEMENTWISE = 32;

  /// How closely gradients must agree.
  ///
  /// @param eps step of the differences
  /// @param atol allowed difference
  /// @param rtol allowed difference, as a part of the larger of the two values
  /// @param nondetTol allowed difference of a second backward over the same graph
  /// @param fastMode whether every input is checked along one random direction, which a wrong
  ///   element shows in too, without being named
  public record Options(double eps, double atol, double rtol, double nondetTol, boolean fastMode) {
    /// What is used where nothing is said: `1e-6`, `1e-6`, `1e-5` and none.
    public static final Options DEFAULT = new Options(1e-6, 1e-6, 1e-5, 0);

    /// Small inputs element by element.
    ///
    /// @param eps step of the differences
    /// @param atol allowed difference
    /// @param rtol allowed difference, as a part of the larger of the two values
    /// @param nondetTol allowed difference of a second backward over the same graph
    public Options(double eps, double atol, double rtol, double nondetTol) {
      this(eps, atol, rtol, nondetTol, false);
    }

    /// Turns the fast mode on or off.
    ///
    /// @param fastMode whether every input is checked along one random direction
    /// @return changed options
    public Options fastMode(boolean fastMode) {
      return new Options(eps, atol, rtol, nondetTol, fastMode);
    }
  }

  private final Function<List<Tensor>, List<Tensor>> function;
  private final List<Tensor> inputs;
  private final Options options;
  private final Generator generator = Generator.seeded(20_250_916);

  private GradCheck(
      Options options, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
    this.options = options;
    this.function = function;
    this.inputs = List.of(inputs);
  }

  /// Checks the gradient of `function` with respect to every input that requires one.
  ///
  /// @param function deterministic; F64 in, F64 out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError naming the input, the element, the analytic and the numeric value
  public static void check(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    checkAll(Options.DEFAULT, in -> List.of(function.apply(in)), inputs);
  }

  /// Checks the gradient of the gradient of `function`: PyTorch's `gradgradcheck`.
  ///
  /// @param function deterministic and differentiable twice; F64 in, F64 out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError naming the input, the element, the analytic and the numeric value
  public static void checkSecond(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    checkAllSecond(Options.DEFAULT, in -> List.of(function.apply(in)), inputs);
  }

  /// Checks the gradients of all results of `function`; those that are not F64 are not looked at.
  ///
  /// @param options how closely
  /// @param function deterministic; F64 in, several results out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError naming the input, the element, the analytic and the numeric value, or
  ///   the input whose gradient differs from one backward to the next
  public static void checkAll(
      Options options, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
    try (var _ = Scope.open("gradcheck")) {
      new GradCheck(options, function, inputs).run();
    }
  }

  /// Checks the gradients of the gradients of all results of `function`.
  ///
  /// @param options how closely
  /// @param function deterministic and differentiable twice; F64 in, several results out
  /// @param inputs F64 leaves; those without `requiresGrad_()` are constants
  /// @throws AssertionError as [#checkAll] does
  public static void checkAllSecond(
      Options options, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
    checkAll(options, in -> List.of(weightedGradient(function, in)), inputs);
  }

  private static Tensor weightedGradient(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    Generator weights = Generator.seeded(7);
    List<Tensor> outputs = differentiable(function.apply(inputs));
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    List<@Nullable Tensor> gradients =
        gradients(outputs, weights(weights, outputs), wanted, new GradOptions().createGraph());
    Tensor sum = Tensor.zeros(DType.F64);
    for (Tensor g : gradients) {
      if (g != null) {
        sum = sum.add(g.mul(Tensor.randn(weights, DType.F64, g.shape)).sum());
      }
    }
    return sum;
  }

  private static List<Tensor> differentiable(List<Tensor> outputs) {
    return outputs.stream().filter(y -> y.dtype == DType.F64).toList();
  }

  private static List<Tensor> weights(Generator generator, List<Tensor> outputs) {
    return outputs.stream().map(y -> Tensor.randn(generator, DType.F64, y.shape)).toList();
  }

  /// What does not depend on any input must be found flat by the differences.
  private static List<@Nullable Tensor> gradients(
      List<Tensor> outputs, List<Tensor> u, List<Tensor> inputs, GradOptions options) {
    List<Tensor> recorded = new ArrayList<>();
    List<Tensor> seeds = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      if (outputs.get(k).requiresGrad()) {
        recorded.add(outputs.get(k));
        seeds.add(u.get(k));
      }
    }
    return recorded.isEmpty()
        ? Collections.nCopies(inputs.size(), null)
        : Autograd.grad(
            recorded, inputs, options.gradOutputs(seeds.toArray(Tensor[]::new)).allowUnused());
  }

  private void run() {
    for (Tensor input : inputs) {
      if (input.requiresGrad() && (input.dtype != DType.F64 || !input.isLeaf())) {
        throw new DTypeException(
            "gradcheck: needs F64 leaves, got %s %s"
                .formatted(input.dtype, Shapes.format(input.shape)));
      }
    }
    List<Tensor> outputs = differentiable(function.apply(inputs));
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    List<Tensor> u = weights(generator, outputs);
    List<@Nullable Tensor> gradients =
        gradients(outputs, u, wanted, new GradOptions().retainGraph());
    List<@Nullable Tensor> again = gradients(outputs, u, wanted, new GradOptions());
    for (int i = 0; i < wanted.size(); i++) {
      Tensor x = wanted.get(i);
      int input = inputs.indexOf(x);
      Tensor analytic = orZero(gradients.get(i), x);
      requireSame(input, analytic, orZero(again.get(i), x));
      if (x.numel <= (options.fastMode ? 0 : ELEMENTWISE)) {
        checkElements(input, x, analytic, u);
      } else {
        checkDirection(input, x, analytic, u);
      }
    }
  }

  private static Tensor orZero(@Nullable Tensor g, Tensor x) {
    return g == null ? Tensor.zeros(DType.F64, x.shape) : g.detach();
  }

  private void requireSame(int input, Tensor first, Tensor second) {
    double[] a = first.toDoubleArray();
    double[] b = second.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      boolean same = Double.compare(a[i], b[i]) == 0 || Math.abs(a[i] - b[i]) <= options.nondetTol;
      if (!same) {
        throw new AssertionError(
            "gradcheck: input %d, element %d: backward gave %s, then %s over the same graph"
                .formatted(input, i, a[i], b[i]));
      }
    }
  }

  private void checkElements(int input, Tensor x, Tensor analytic, List<Tensor> u) {
    double[] values = x.detach().toDoubleArray();
    double[] expected = analytic.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double[] direction = new double[values.length];
      direction[i] = 1;
      double numeric = slope(x, values, direction, u);
      compare("input %d, element %d".formatted(input, i), expected[i], numeric);
    }
  }

  private void checkDirection(int input, Tensor x, Tensor analytic, List<Tensor> u) {
    double[] direction = Tensor.randn(generator, DType.F64, x.numel).toDoubleArray();
    double[] gradient = analytic.toDoubleArray();
    double expected = 0;
    for (int i = 0; i < gradient.length; i++) {
      expected += gradient[i] * direction[i];
    }
    double numeric = slope(x, x.detach().toDoubleArray(), direction, u);
    compare("input %d, along a random direction".formatted(input), expected, numeric);
  }

  private double slope(Tensor x, double[] values, double[] direction, List<Tensor> u) {
    double up = weighted(x, values, direction, options.eps, u);
    double down = weighted(x, values, direction, -options.eps, u);
    set(x, values);
    return (up - down) / (2 * options.eps);
  }

  private double weighted(
      Tensor x, double[] values, double[] direction, double step, List<Tensor> u) {
    try (var _ = Scope.open("gradcheck step")) {
      double[] moved = values.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += step * direction[i];
      }
      set(x, moved);
      // With recording on: the function may itself ask for gradients.
      List<Tensor> outputs = differentiable(function.apply(inputs));
      double sum = 0;
      for (int k = 0; k < outputs.size(); k++) {
        sum += outputs.get(k).detach().mul(u.get(k)).sum().item();
      }
      return sum;
    }
  }

  private static void set(Tensor x, double[] values) {
    try (var _ = Scope.open("gradcheck values");
        var _ = NoGrad.open()) {
      x.copy_(Tensor.of(values, x.shape));
    }
  }

  private void compare(String where, double analytic, double numeric) {
    double tolerance =
        options.atol + options.rtol * Math.max(Math.abs(numeric), Math.abs(analytic));
    if (!(Math.abs(analytic - numeric) <= tolerance)) {
      throw new AssertionError(
          "gradcheck: %s: analytic %s, numeric %s".formatted(where, analytic, numeric));
    }
  }
}

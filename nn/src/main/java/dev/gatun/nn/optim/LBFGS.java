package dev.gatun.nn.optim;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The quasi-Newton method with limited memory (Nocedal, 1980; Liu and Nocedal, 1989), as PyTorch's
/// `torch.optim.LBFGS`. It looks at the loss several times in a step, so it takes one with
/// [#step(Supplier)]:
///
/// ```java
/// optimizer.step(
///     () -> {
///       optimizer.zeroGrad();
///       var loss = F.mseLoss(model.forward(x), y);
///       loss.backward();
///       return loss;
///     });
/// ```
///
/// It remembers up to `2 · historySize + 2` copies of all parameters, which must be of one dtype
/// and in one group. Inner products are kept in double precision, where PyTorch has the dtype of
/// the parameters.
public final class LBFGS extends Optimizer {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public LBFGS(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public LBFGS(List<? extends Tensor> parameters, Options options) {
    super(options, List.of(ParameterGroup.of(parameters)));
  }

  /// @throws IllegalArgumentException always
  @Override
  public void addParamGroup(ParameterGroup group) {
    throw new IllegalArgumentException("LBFGS: there is one group of parameters only");
  }

  /// @throws UnsupportedOperationException always
  @Override
  public void step() {
    throw new UnsupportedOperationException(
        "LBFGS: a step computes the loss several times; call step(closure)");
  }

  @Override
  public double step(Supplier<Tensor> closure) {
    ParameterGroup group = groups().getFirst();
    List<Tensor> parameters = group.parameters();
    try (var _ = NoGrad.open();
        var _ = Scope.open("lbfgs step")) {
      Options options = (Options) group.options();
      return new LbfgsStep(parameters, state(parameters.getFirst()), options, closure).run();
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // tensors are what they are
  boolean fits(Tensor parameter, Tensor remembered) {
    List<Tensor> parameters = groups().getFirst().parameters();
    return parameter == parameters.getFirst()
        && remembered.dim() == 1
        && remembered.numel() == parameters.stream().mapToLong(Tensor::numel).sum();
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr factor of each step; the first guess of a line search
  /// @param maxIter iterations per step
  /// @param maxEval after how many looks at the loss a step ends
  /// @param toleranceGrad a step ends where no gradient is larger
  /// @param toleranceChange a step ends where parameters or loss change by less
  /// @param historySize past iterations that are remembered
  /// @param strongWolfe whether to search along each direction, PyTorch's
  ///   `line_search_fn="strong_wolfe"`
  public record Options(
      double lr,
      int maxIter,
      int maxEval,
      double toleranceGrad,
      double toleranceChange,
      int historySize,
      boolean strongWolfe)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      if (maxIter < 1 || historySize < 1) {
        throw new IllegalArgumentException(
            "LBFGS: iterations and history must be positive: %d, %d"
                .formatted(maxIter, historySize));
      }
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1, 20, 25, 1e-7, 1e-9, 100, false);
    }

    /// Sets `lr`.
    ///
    /// @param lr factor of each step
    /// @return changed options
    public Options lr(double lr) {
      return with(to -> to.lr = lr);
    }

    /// Sets `maxIter`.
    ///
    /// @param maxIter iterations per step; `maxEval` becomes a quarter more
    /// @return changed options
    public Options maxIter(int maxIter) {
      return with(to -> {
        to.maxIter = maxIter;
        to.maxEval = maxIter * 5 / 4;
      });
    }

    /// Sets `maxEval`.
    ///
    /// @param maxEval after how many looks at the loss a step ends
    /// @return changed options
    public Options maxEval(int maxEval) {
      return with(to -> to.maxEval = maxEval);
    }

    /// Sets `toleranceGrad`.
    ///
    /// @param toleranceGrad a step ends where no gradient is larger
    /// @return changed options
    public Options toleranceGrad(double toleranceGrad) {
      return with(to -> to.toleranceGrad = toleranceGrad);
    }

    /// Sets `toleranceChange`.
    ///
    /// @param toleranceChange a step ends where parameters or loss change by less
    /// @return changed options
    public Options toleranceChange(double toleranceChange) {
      return with(to -> to.toleranceChange = toleranceChange);
    }

    /// Sets `historySize`.
    ///
    /// @param historySize past iterations that are remembered
    /// @return changed options
    public Options historySize(int historySize) {
      return with(to -> to.historySize = historySize);
    }

    /// Sets `strongWolfe`.
    ///
    /// @param strongWolfe whether to search along each direction
    /// @return changed options
    public Options strongWolfe(boolean strongWolfe) {
      return with(to -> to.strongWolfe = strongWolfe);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.lr,
          to.maxIter,
          to.maxEval,
          to.toleranceGrad,
          to.toleranceChange,
          to.historySize,
          to.strongWolfe);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private int maxIter = maxIter();
      private int maxEval = maxEval();
      private double toleranceGrad = toleranceGrad();
      private double toleranceChange = toleranceChange();
      private int historySize = historySize();
      private boolean strongWolfe = strongWolfe();
    }
  }
}

package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// Adam (Kingma and Ba, arXiv:1412.6980), as PyTorch's `torch.optim.Adam`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// p = p - lr / (1 - beta1ᵗ) · m / (√v / √(1 - beta2ᵗ) + eps)
/// ```
///
/// With `amsgrad`, the largest `v` so far takes its place in the last line.
public final class Adam extends GradientOptimizer<AdamOptions> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public Adam(List<? extends Tensor> parameters, double lr) {
    this(parameters, AdamOptions.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public Adam(List<? extends Tensor> parameters, AdamOptions options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public Adam(AdamOptions options, ParameterGroup... groups) {
    super(AdamOptions.class, options, List.of(groups));
  }

  @Override
  protected void update(
      AdamOptions options, Tensor parameter, Tensor gradient, ParameterState state) {
    Moments.step(options, false, parameter, gradient, state);
  }

  @Override
  boolean makesNothing() {
    return true;
  }
}

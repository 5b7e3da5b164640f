package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), as PyTorch's
/// `torch.optim.AdamW`: first `p = p - lr · weightDecay · p`, then a step of [Adam] without decay.
public final class AdamW extends GradientOptimizer<AdamOptions> {
  /// With PyTorch's defaults, among them a weight decay of 0.01.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public AdamW(List<? extends Tensor> parameters, double lr) {
    this(parameters, AdamOptions.of(lr).weightDecay(0.01));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public AdamW(List<? extends Tensor> parameters, AdamOptions options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public AdamW(AdamOptions options, ParameterGroup... groups) {
    super(AdamOptions.class, options, List.of(groups));
  }

  @Override
  protected void update(
      AdamOptions options, Tensor parameter, Tensor gradient, ParameterState state) {
    Moments.step(options, true, parameter, gradient, state);
  }

  @Override
  boolean makesNothing() {
    return true;
  }
}

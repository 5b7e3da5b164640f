package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), as PyTorch's
/// `torch.optim.AdamW`: first `p = p - lr · weightDecay · p`, then a step of [Adam] without decay.
public final class AdamW extends Optimizer {
  private final AdamOptions options;

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
    super(parameters, options.lr());
    this.options = options;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, State state) {
    Moments.step(options, lr(), true, parameter, gradient, state);
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  @Override
  public String toString() {
    return "AdamW" + options.toString().substring("AdamOptions".length());
  }
}

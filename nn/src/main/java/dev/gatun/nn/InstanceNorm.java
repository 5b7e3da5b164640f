package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// What [InstanceNorm1d], [InstanceNorm2d] and [InstanceNorm3d] have in common.
abstract sealed class InstanceNorm extends RunningNorm
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private final int dims;

  InstanceNorm(NormOptions options, int dims) {
    super(options);
    this.dims = dims;
  }

  @Override
  public final Tensor forward(Tensor x) {
    infer(x, dims + 1, dims + 2);
    boolean alone = x.dim() == dims + 1;
    Tensor batch = alone ? x.unsqueeze(0) : x;
    if (batch.size(1) != features()) {
      throw new ShapeException(
          "%s: expected %d channels, got shape %s"
              .formatted(getClass().getSimpleName(), features(), Numbers.text(x.shape())));
    }
    boolean own = isTraining() || runningMean == null;
    Double momentum = options.momentum();
    double share = momentum == null ? 0 : momentum;
    Tensor y =
        F.instanceNorm(batch, runningMean, runningVar, weight, bias, own, share, options.eps());
    return alone ? y.squeeze(0) : y;
  }
}

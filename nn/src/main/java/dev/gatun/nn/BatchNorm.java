package dev.gatun.nn;

import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;

/// What [BatchNorm1d], [BatchNorm2d] and [BatchNorm3d] have in common.
abstract sealed class BatchNorm extends RunningNorm permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
  private final int least;
  private final int most;
  private boolean cumulative;

  BatchNorm(NormOptions options, int least, int most) {
    super(options);
    this.least = least;
    this.most = most;
  }

  @Override
  public final Tensor forward(Tensor x) {
    infer(x, least, most);
    boolean own = isTraining() || runningMean == null;
    // Without training, running values are used and stay; counting begins once the input is known
    // to fit.
    Tensor y = F.batchNorm(x, runningMean, runningVar, weight, bias, own, share(), options.eps());
    if (isTraining() && numBatchesTracked != null) {
      try (var _ = NoGrad.open()) {
        numBatchesTracked.add_(1L);
      }
    }
    return y;
  }

  /// Forgets the running values; those to come are the means of all batches.
  final void startAnew() {
    cumulative = true;
    if (runningMean != null && runningVar != null && numBatchesTracked != null) {
      runningMean.zero_();
      runningVar.fill_(1);
      numBatchesTracked.zero_();
    }
  }

  /// Whether running values are the means of all batches, whatever the momentum is.
  final void cumulative(boolean on) {
    cumulative = on;
  }

  /// The share of this batch in the running values.
  private double share() {
    Double momentum = cumulative ? null : options.momentum();
    if (momentum != null) {
      return momentum;
    }
    return numBatchesTracked == null || !isTraining()
        ? 0
        : 1.0 / (1 + numBatchesTracked.itemLong());
  }
}

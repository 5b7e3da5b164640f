package dev.gatun.nn;

import dev.gatun.memory.Scope;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.tensor.NoGrad;
import java.util.List;

/// The running means and variances of batch normalizations.
public final class RunningStatistics {
  private RunningStatistics() {}

  /// Computes running means and variances anew, as the mean of all batches of one pass: PyTorch's
  /// `torch.optim.swa_utils.update_bn`. Averaged weights need it, since what their layers compute
  /// was never seen in training.
  ///
  /// Each batch is freed when it was used; the model is in the mode that it was in afterwards. A
  /// pass that fails leaves means of the batches before.
  ///
  /// @param loader whose batches' first tensors are the inputs
  /// @param model is called in training mode, without gradients; nothing is done where it has no
  ///   batch normalization with running values
  public static void updateBn(DataLoader loader, Module model) {
    List<BatchNorm> layers =
        model.modules().stream()
            .filter(module -> module instanceof BatchNorm norm && norm.runningMean != null)
            .map(BatchNorm.class::cast)
            .toList();
    if (layers.isEmpty()) {
      return;
    }
    boolean training = model.isTraining();
    try (var _ = NoGrad.open();
        var pass = loader.iterator()) {
      layers.forEach(BatchNorm::startAnew);
      model.train();
      while (pass.hasNext()) {
        try (var _ = Scope.open("updateBn")) {
          var _ = model.call(pass.next().input());
        }
      }
    } finally {
      layers.forEach(layer -> layer.cumulative(false));
      model.train(training);
    }
  }
}

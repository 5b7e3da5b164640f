package dev.gatun.nn;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// Convolutions that compute a batch normalization too, for inference: PyTorch's
/// `torch.nn.utils.fuse_conv_bn_eval`.
///
/// Each method returns a new layer with a bias; the two that it is made from stay as they are. Both
/// must be in evaluation mode, and the normalization must have running values.
public final class Fusion {
  private Fusion() {}

  /// Fuses a convolution and the normalization of what it computes.
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  /// @throws IllegalArgumentException if one is in training, or there are no running values
  /// @throws ShapeException if the channels differ
  public static Conv1d fuseConvBnEval(Conv1d convolution, BatchNorm1d norm) {
    return fill(new Conv1d(options(convolution, norm)), convolution, norm);
  }

  /// As [#fuseConvBnEval(Conv1d, BatchNorm1d)].
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  public static Conv2d fuseConvBnEval(Conv2d convolution, BatchNorm2d norm) {
    return fill(new Conv2d(options(convolution, norm)), convolution, norm);
  }

  /// As [#fuseConvBnEval(Conv1d, BatchNorm1d)].
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  public static Conv3d fuseConvBnEval(Conv3d convolution, BatchNorm3d norm) {
    return fill(new Conv3d(options(convolution, norm)), convolution, norm);
  }

  /// As [#fuseConvBnEval(Conv1d, BatchNorm1d)].
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  public static ConvTranspose1d fuseConvBnEval(ConvTranspose1d convolution, BatchNorm1d norm) {
    return fill(new ConvTranspose1d(options(convolution, norm)), convolution, norm);
  }

  /// As [#fuseConvBnEval(Conv1d, BatchNorm1d)].
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  public static ConvTranspose2d fuseConvBnEval(ConvTranspose2d convolution, BatchNorm2d norm) {
    return fill(new ConvTranspose2d(options(convolution, norm)), convolution, norm);
  }

  /// As [#fuseConvBnEval(Conv1d, BatchNorm1d)].
  ///
  /// @param convolution in evaluation mode
  /// @param norm of its channels, in evaluation mode
  /// @return a new layer in evaluation mode
  public static ConvTranspose3d fuseConvBnEval(ConvTranspose3d convolution, BatchNorm3d norm) {
    return fill(new ConvTranspose3d(options(convolution, norm)), convolution, norm);
  }

  private static Convolution.Options options(Convolution convolution, BatchNorm norm) {
    String both = ModuleTree.typeName(convolution) + " and " + ModuleTree.typeName(norm);
    if (convolution.isTraining() || norm.isTraining()) {
      throw new IllegalArgumentException(
          "fuseConvBnEval: both layers must be in evaluation mode: %s; call eval()"
              .formatted(both));
    }
    if (norm.runningMean == null) {
      throw new IllegalArgumentException(
          "fuseConvBnEval: the normalization has no running values: " + both);
    }
    if (norm.features() != convolution.outChannels()) {
      throw new ShapeException(
          "fuseConvBnEval: channels differ: %s (%d != %d)"
              .formatted(both, convolution.outChannels(), norm.features()));
    }
    return convolution
        .settings
        .options()
        .in(convolution.inChannels())
        .bias(true)
        .dtype(convolution.weight().dtype())
        .generator(Generator.seeded(0));
  }

  private static <C extends Convolution> C fill(C made, Convolution convolution, BatchNorm norm) {
    try (var _ = Scope.open("fuseConvBnEval");
        var _ = NoGrad.open()) {
      Tensor mean = norm.runningMean;
      Tensor variance = norm.runningVar;
      Tensor bias = made.bias();
      if (mean == null || variance == null || bias == null) {
        throw new IllegalStateException("fuseConvBnEval: no running values");
      }
      Tensor scale = variance.add(norm.options.eps()).rsqrt();
      scale = norm.weight == null ? scale : scale.mul(norm.weight);
      Tensor before = convolution.bias() == null ? mean.neg() : convolution.bias().sub(mean);
      Tensor after = before.mul(scale);
      bias.copy_(norm.bias == null ? after : after.add(norm.bias));
      Tensor weight = convolution.value("weight", convolution.weight());
      made.weight().copy_(scaled(weight, scale, convolution));
    }
    made.weight().requiresGrad_(convolution.weight().requiresGrad());
    made.eval();
    return made;
  }

  /// The weight with each output channel multiplied; a transposed convolution has those of a group
  /// in the second dimension.
  private static Tensor scaled(Tensor weight, Tensor scale, Convolution convolution) {
    if (!convolution.settings.transposed()) {
      return weight.reshape(weight.size(0), -1).mul(scale.unsqueeze(1)).view(weight.shape());
    }
    long groups = convolution.settings.options().groups;
    long in = weight.size(0) / groups;
    Tensor each = weight.reshape(groups, in, weight.size(1), -1);
    return each.mul(scale.view(groups, 1, weight.size(1), 1)).view(weight.shape());
  }
}

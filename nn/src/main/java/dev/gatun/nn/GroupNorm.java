package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// `(x - mean) / √(variance + eps) · weight + bias` with the mean and variance of every group of
/// channels of every sample, `[N, C, *]` (Wu and He, arXiv:1803.08494).
///
/// The weight, `[C]`, starts as 1, the bias, `[C]`, as 0.
public final class GroupNorm extends Module {
  private final long numGroups;
  private final long numChannels;
  private final double eps;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /// F32, with weight and bias, eps 1e-5.
  ///
  /// @param numGroups how many groups the channels are cut in
  /// @param numChannels channels of the input, a multiple of the groups
  public GroupNorm(long numGroups, long numChannels) {
    this(numGroups, numChannels, 1e-5, true, DType.F32);
  }

  /// Makes the layer.
  ///
  /// @param numGroups how many groups the channels are cut in
  /// @param numChannels channels of the input, a multiple of the groups
  /// @param eps added to the variance
  /// @param affine whether there are weight and bias
  /// @param dtype F32 or F64
  public GroupNorm(long numGroups, long numChannels, double eps, boolean affine, DType dtype) {
    if (numGroups < 1 || numChannels < 0 || numChannels % numGroups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: the number of channels is not a multiple of the groups: %d and %d"
              .formatted(numChannels, numGroups));
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    try (var _ = Scope.open("GroupNorm")) {
      weight = affine ? parameter("weight", Tensor.ones(dtype, numChannels)) : null;
      bias = affine ? parameter("bias", Tensor.zeros(dtype, numChannels)) : null;
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.groupNorm(x, numGroups, weight, bias, eps);
  }

  /// {@return the weight; null for a layer without}
  public @Nullable Parameter weight() {
    return weight;
  }

  /// {@return the bias; null for a layer without}
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, eps=%s, affine=%s"
        .formatted(numGroups, numChannels, Numbers.python(eps), weight == null ? "False" : "True");
  }
}

package dev.gatun.nn;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Options of batch and instance normalizations.
///
/// @param numFeatures channels of the input
/// @param eps added to the variance
/// @param momentum share of a new value in a running one; null for the mean of all
/// @param affine whether there are weight and bias
/// @param trackRunningStats whether there are running values, which evaluation uses
/// @param dtype F32 or F64
public record NormOptions(
    long numFeatures,
    double eps,
    @Nullable Double momentum,
    boolean affine,
    boolean trackRunningStats,
    DType dtype) {
  /// PyTorch's defaults of a batch normalization: eps 1e-5, momentum 0.1, weight, bias and running
  /// values, F32.
  ///
  /// @param numFeatures channels of the input
  /// @return the options
  public static NormOptions batch(long numFeatures) {
    return new NormOptions(numFeatures, 1e-5, 0.1, true, true, DType.F32);
  }

  /// PyTorch's defaults of an instance normalization: eps 1e-5, momentum 0.1, nothing to train or
  /// to track, F32.
  ///
  /// @param numFeatures channels of the input
  /// @return the options
  public static NormOptions instance(long numFeatures) {
    return new NormOptions(numFeatures, 1e-5, 0.1, false, false, DType.F32);
  }

  /// Sets eps.
  ///
  /// @param eps added to the variance
  /// @return changed options
  public NormOptions eps(double eps) {
    return new NormOptions(numFeatures, eps, momentum, affine, trackRunningStats, dtype);
  }

  /// Sets the momentum.
  ///
  /// @param momentum share of a new value in a running one; null for the mean of all
  /// @return changed options
  public NormOptions momentum(@Nullable Double momentum) {
    return new NormOptions(numFeatures, eps, momentum, affine, trackRunningStats, dtype);
  }

  /// Sets whether there are weight and bias.
  ///
  /// @param affine whether there are
  /// @return changed options
  public NormOptions affine(boolean affine) {
    return new NormOptions(numFeatures, eps, momentum, affine, trackRunningStats, dtype);
  }

  /// Sets whether there are running values.
  ///
  /// @param trackRunningStats whether there are
  /// @return changed options
  public NormOptions trackRunningStats(boolean trackRunningStats) {
    return new NormOptions(numFeatures, eps, momentum, affine, trackRunningStats, dtype);
  }

  /// Sets the dtype.
  ///
  /// @param dtype F32 or F64
  /// @return changed options
  public NormOptions dtype(DType dtype) {
    return new NormOptions(numFeatures, eps, momentum, affine, trackRunningStats, dtype);
  }
}

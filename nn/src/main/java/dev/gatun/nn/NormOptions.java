package dev.gatun.nn;

import dev.gatun.memory.DType;
import java.util.function.Consumer;
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
    return with(to -> to.eps = eps);
  }

  /// Sets the momentum.
  ///
  /// @param momentum share of a new value in a running one; null for the mean of all
  /// @return changed options
  public NormOptions momentum(@Nullable Double momentum) {
    return with(to -> to.momentum = momentum);
  }

  /// Sets whether there are weight and bias.
  ///
  /// @param affine whether there are
  /// @return changed options
  public NormOptions affine(boolean affine) {
    return with(to -> to.affine = affine);
  }

  /// Sets whether there are running values.
  ///
  /// @param trackRunningStats whether there are
  /// @return changed options
  public NormOptions trackRunningStats(boolean trackRunningStats) {
    return with(to -> to.trackRunningStats = trackRunningStats);
  }

  /// Sets the dtype.
  ///
  /// @param dtype F32 or F64
  /// @return changed options
  public NormOptions dtype(DType dtype) {
    return with(to -> to.dtype = dtype);
  }

  private NormOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new NormOptions(
        to.numFeatures, to.eps, to.momentum, to.affine, to.trackRunningStats, to.dtype);
  }

  /// These while some of them change.
  private final class Draft {
    private long numFeatures = numFeatures();
    private double eps = eps();
    private @Nullable Double momentum = momentum();
    private boolean affine = affine();
    private boolean trackRunningStats = trackRunningStats();
    private DType dtype = dtype();
  }
}

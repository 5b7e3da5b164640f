package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `x / √(mean(x²) + eps) · weight`, over the last dimensions of each sample (Zhang and Sennrich,
/// arXiv:1910.07467), as in PyTorch 2.4.
///
/// | tensor           | shape                  |
/// |------------------|------------------------|
/// | input and result | `[*, normalizedShape]` |
/// | `weight`         | `normalizedShape`      |
///
/// The weight starts as 1.
public final class RMSNorm extends Module {
  private final List<Long> normalizedShape;
  private final @Nullable Double eps;
  private final @Nullable Parameter weight;

  /// F32, with weight; eps is the smallest step of the input's dtype at 1.
  ///
  /// @param normalizedShape the last dimensions of the input
  public RMSNorm(long... normalizedShape) {
    this(normalizedShape, null, true, DType.F32);
  }

  /// Makes the layer.
  ///
  /// @param normalizedShape the last dimensions of the input
  /// @param eps added to the mean of the squares; null for the smallest step of the input's dtype
  ///   at 1
  /// @param elementwiseAffine whether there is a weight
  /// @param dtype F32 or F64
  public RMSNorm(
      long[] normalizedShape, @Nullable Double eps, boolean elementwiseAffine, DType dtype) {
    if (normalizedShape.length == 0) {
      throw new IllegalArgumentException("RMSNorm: the normalized shape has no dimensions");
    }
    this.normalizedShape = Sizes.of(normalizedShape);
    this.eps = eps;
    try (var _ = Scope.open("RMSNorm")) {
      weight = elementwiseAffine ? parameter("weight", Tensor.ones(dtype, normalizedShape)) : null;
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.rmsNorm(x, Sizes.array(normalizedShape), weight, eps);
  }

  /// {@return the weight; null for a layer without}
  public @Nullable Parameter weight() {
    return weight;
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            Sizes.tuple(normalizedShape),
            eps == null ? "None" : Numbers.python(eps),
            weight == null ? "False" : "True");
  }
}

package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `(x - mean) / √(variance + eps) · weight + bias`, over the last dimensions of each sample (Ba,
/// Kiros and Hinton, arXiv:1607.06450).
///
/// | tensor           | shape                  |
/// |------------------|------------------------|
/// | input and result | `[*, normalizedShape]` |
/// | `weight`         | `normalizedShape`      |
/// | `bias`           | `normalizedShape`      |
///
/// The weight starts as 1, the bias as 0.
public final class LayerNorm extends Module {
  /// What is added to the variance unless said otherwise.
  public static final double EPS = 1e-5;

  private final long[] normalizedShape;
  private final double eps;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /// F32, with weight and bias, eps 1e-5.
  ///
  /// @param normalizedShape the last dimensions of the input
  public LayerNorm(long... normalizedShape) {
    this(normalizedShape, EPS, true, true, DType.F32);
  }

  /// Makes the layer.
  ///
  /// @param normalizedShape the last dimensions of the input
  /// @param eps added to the variance
  /// @param elementwiseAffine whether there is a weight
  /// @param bias whether there is a bias too
  /// @param dtype F32 or F64
  public LayerNorm(
      long[] normalizedShape, double eps, boolean elementwiseAffine, boolean bias, DType dtype) {
    if (normalizedShape.length == 0) {
      throw new IllegalArgumentException("LayerNorm: the normalized shape has no dimensions");
    }
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    try (var _ = Scope.open("LayerNorm")) {
      weight = elementwiseAffine ? parameter("weight", Tensor.ones(dtype, normalizedShape)) : null;
      this.bias =
          elementwiseAffine && bias
              ? parameter("bias", Tensor.zeros(dtype, normalizedShape))
              : null;
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.layerNorm(normalizedShape, weight, bias, eps);
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
    String sizes =
        Arrays.stream(normalizedShape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "(%s), eps=%s, elementwise_affine=%s"
        .formatted(
            normalizedShape.length == 1 ? sizes + "," : sizes,
            Numbers.python(eps),
            weight == null ? "False" : "True");
  }
}

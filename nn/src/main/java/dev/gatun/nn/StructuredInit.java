package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Linalg;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.function.Consumer;

/// The initializers of [Init] that are more than a fan and a distribution.
abstract sealed class StructuredInit permits Init {
  static final ScopedValue<Boolean> SKIPPED = ScopedValue.newInstance();

  /// Writes the identity matrix, so that a linear layer passes its inputs on.
  ///
  /// @param tensor a matrix, not necessarily square
  /// @return `tensor`
  /// @throws ShapeException if it has not two dimensions
  @CanIgnoreReturnValue
  public static Tensor eye_(Tensor tensor) {
    if (tensor.dim() != 2) {
      throw new ShapeException(
          "eye_: tensor must have 2 dimensions: " + Numbers.text(tensor.shape()));
    }
    return fill(
        tensor,
        t -> {
          t.zero_();
          t.diagonal().fill_(1);
        });
  }

  /// Writes the identity of a convolution: as many input channels as possible pass through.
  ///
  /// @param tensor a weight `[out, in, *]` of 3, 4 or 5 dimensions
  /// @return `tensor`
  /// @throws ShapeException if it has another number of dimensions
  @CanIgnoreReturnValue
  public static Tensor dirac_(Tensor tensor) {
    return dirac_(tensor, 1);
  }

  /// Writes the identity of a convolution in groups: in each group as many input channels as
  /// possible pass through.
  ///
  /// @param tensor a weight `[out, in, *]` of 3, 4 or 5 dimensions
  /// @param groups a divisor of `out`
  /// @return `tensor`
  /// @throws ShapeException if it has another number of dimensions, or `out` is no multiple
  @CanIgnoreReturnValue
  public static Tensor dirac_(Tensor tensor, int groups) {
    int rank = tensor.dim();
    if (rank < 3 || rank > 5) {
      throw new ShapeException(
          "dirac_: tensor must have 3, 4 or 5 dimensions: " + Numbers.text(tensor.shape()));
    }
    if (groups < 1 || tensor.size(0) % groups != 0) {
      throw new ShapeException(
          "dirac_: dim 0 must be a multiple of the groups: %s (%d groups)"
              .formatted(Numbers.text(tensor.shape()), groups));
    }
    return fill(
        tensor,
        t -> {
          t.zero_();
          Tensor center = t;
          for (int dim = 2; dim < rank; dim++) {
            if (t.size(dim) == 0) {
              return;
            }
            center = center.select(2, t.size(dim) / 2);
          }
          long out = t.size(0) / groups;
          for (long group = 0; group < groups; group++) {
            center.narrow(0, group * out, out).diagonal().fill_(1);
          }
        });
  }

  /// Draws from `N(0, 1)`, cut at -2 and 2.
  ///
  /// @param tensor F32 or F64
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor truncNormal_(Tensor tensor) {
    return truncNormal_(tensor, 0, 1, -2, 2, Generator.shared());
  }

  /// Draws from `N(mean, std²)` without what is outside of `[a, b]`, by the inverse of its
  /// distribution function; at its best where `mean` lies between the two.
  ///
  /// @param tensor F32 or F64
  /// @param mean of the distribution before it is cut
  /// @param std standard deviation before it is cut
  /// @param a least value
  /// @param b greatest value
  /// @param generator where to draw from
  /// @return `tensor`
  /// @throws IllegalArgumentException if `std` is not positive or `a` is above `b`
  @CanIgnoreReturnValue
  public static Tensor truncNormal_(
      Tensor tensor, double mean, double std, double a, double b, Generator generator) {
    if (!(std > 0) || !(a <= b)) {
      throw new IllegalArgumentException(
          "truncNormal_: needs std > 0 and a <= b: std %s, a %s, b %s"
              .formatted(Numbers.text(std), Numbers.text(a), Numbers.text(b)));
    }
    double from = twiceCdfLessOne((a - mean) / std);
    double to = twiceCdfLessOne((b - mean) / std);
    return draw(
        tensor,
        t ->
            t.uniform_(generator, from, to)
                .erfinv_()
                .mul_(std * Math.sqrt(2))
                .add_(mean)
                .clamp_(a, b));
  }

  /// `2 Φ(x) - 1 = erf(x / √2)`.
  private static double twiceCdfLessOne(double x) {
    return Tensor.full(DType.F64, x / Math.sqrt(2)).erf_().item();
  }

  /// As [#orthogonal_(Tensor, double, Generator)] with gain 1.
  ///
  /// @param tensor two dimensions or more
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor orthogonal_(Tensor tensor) {
    return orthogonal_(tensor, 1, Generator.shared());
  }

  /// Draws a matrix with orthonormal rows or columns, whichever are fewer, times `gain` (Saxe et
  /// al., arXiv:1312.6120). Dimensions after the first count as columns.
  ///
  /// @param tensor two dimensions or more, F32 or F64
  /// @param gain factor
  /// @param generator where to draw from
  /// @return `tensor`
  /// @throws ShapeException if it has less than two dimensions
  @CanIgnoreReturnValue
  public static Tensor orthogonal_(Tensor tensor, double gain, Generator generator) {
    if (tensor.dim() < 2) {
      throw new ShapeException(
          "orthogonal_: tensor must have 2 dimensions or more: " + Numbers.text(tensor.shape()));
    }
    if (tensor.numel() == 0) {
      return tensor;
    }
    return draw(
        tensor,
        t -> {
          long rows = t.size(0);
          long columns = t.numel() / rows;
          Tensor drawn = Tensor.empty(t.dtype(), rows, columns).normal_(generator, 0, 1);
          var qr = Linalg.qr(rows < columns ? drawn.t() : drawn);
          // Signs that make Q uniform among the orthogonal matrices (arXiv:math-ph/0609050).
          Tensor q = qr.q().mul(qr.r().diagonal().sign());
          t.copy_((rows < columns ? q.t() : q).reshape(t.shape())).mul_(gain);
        });
  }

  /// As [#sparse_(Tensor, double, double, Generator)] with a deviation of 0.01.
  ///
  /// @param tensor two dimensions
  /// @param sparsity share of each column that is 0
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor sparse_(Tensor tensor, double sparsity) {
    return sparse_(tensor, sparsity, 0.01, Generator.shared());
  }

  /// Draws from `N(0, std²)` and makes `⌈sparsity · rows⌉` random elements of each column 0
  /// (Martens, 2010).
  ///
  /// @param tensor two dimensions, F32 or F64
  /// @param sparsity share of each column that is 0, 0 to 1
  /// @param std standard deviation of the others
  /// @param generator where to draw from
  /// @return `tensor`
  /// @throws ShapeException if it has not two dimensions
  /// @throws IllegalArgumentException if `sparsity` is not from 0 to 1
  @CanIgnoreReturnValue
  public static Tensor sparse_(Tensor tensor, double sparsity, double std, Generator generator) {
    if (tensor.dim() != 2) {
      throw new ShapeException(
          "sparse_: tensor must have 2 dimensions: " + Numbers.text(tensor.shape()));
    }
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw new IllegalArgumentException(
          "sparse_: sparsity must be from 0 to 1: " + Numbers.text(sparsity));
    }
    long rows = tensor.size(0);
    long zeros = (long) Math.ceil(sparsity * rows);
    return draw(
        tensor,
        t -> {
          t.normal_(generator, 0, std);
          for (long column = 0; column < t.size(1); column++) {
            try (var _ = Scope.open("column")) {
              Tensor which = Tensor.randperm(generator, rows).narrow(0, 0, zeros);
              t.select(1, column).indexFill_(0, which, 0);
            }
          }
        });
  }

  /// Fills with what `how` draws, or with zeros where [Init#skip] runs.
  static Tensor draw(Tensor tensor, Consumer<Tensor> how) {
    return fill(tensor, SKIPPED.isBound() ? Tensor::zero_ : how);
  }

  static Tensor fill(Tensor tensor, Consumer<Tensor> how) {
    try (var _ = NoGrad.open();
        var _ = Scope.open("init")) {
      how.accept(tensor);
    }
    return tensor;
  }
}

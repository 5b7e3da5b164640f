package dev.gatun.tensor;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Losses that are one operation. Results belong to the current scope.
public sealed interface LossOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Connectionist temporal classification (Graves and others, 2006): minus the logarithm of the
  /// probability that the steps of a sample, each of which is a symbol, read as its labels when
  /// repetitions and then blanks are left out. F32 and F64. Has no second derivative.
  ///
  /// | operand   | shape                                                  |
  /// |-----------|--------------------------------------------------------|
  /// | this      | logarithms of probabilities, `[T, N, C]`               |
  /// | `targets` | labels, `[N, S]` or `[Σ targetLengths]`, I64 or I32    |
  /// | result    | `[N]`                                                  |
  ///
  /// @param targets the labels of each sample, none of which should be the blank
  /// @param inputLengths how many steps each sample has, up to `T`
  /// @param targetLengths how many labels each sample has
  /// @param blank the symbol for none
  /// @param zeroInfinity whether a sample whose labels do not fit its steps adds 0, and no
  ///   gradient, rather than infinity
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws IndexOutOfBoundsException if a label or the blank is not a symbol
  default Tensor ctcLoss(
      Tensor targets, long[] inputLengths, long[] targetLengths, long blank, boolean zeroInfinity) {
    return Ctc.loss(self(), targets, inputLengths, targetLengths, blank, zeroInfinity);
  }

  /// Binary cross-entropy of probabilities, element by element: `-(t ln x + (1 - t) ln(1 - x))`
  /// with logarithms not below -100, as in PyTorch; F32 and F64. Its slope divides by no less than
  /// 1e-12.
  ///
  /// @param target of the shape of this
  /// @return a new tensor
  /// @throws ShapeException if the shapes differ
  /// @throws IllegalArgumentException if an element is not between 0 and 1
  default Tensor binaryCrossEntropy(Tensor target) {
    return new BinaryLosses.BinaryCrossEntropy().apply(self(), target);
  }

  /// Cross-entropy of `softmax(this)` against one class for each row: `-(1 - s) w[t] ln p[t] - s /
  /// C Σ w[c] ln p[c]` with `s` the label smoothing.
  ///
  /// | operand  | shape              |
  /// |----------|--------------------|
  /// | this     | `[N, C]` or `[C]`  |
  /// | `target` | `[N]` or `[]`      |
  /// | `weight` | `[C]`              |
  /// | result   | `[]`, or as target |
  ///
  /// Dtypes: F32 or F64, that of `weight` too; `target` I64 or I32. Backward: `(softmax(this) -
  /// onehot) · g` where nothing is weighted or smoothed.
  ///
  /// @param target the right classes
  /// @param weight factor of each class, which gets no gradient; null means 1
  /// @param ignoreIndex a class whose rows add nothing
  /// @param labelSmoothing share of the target that is spread evenly over the classes, 0 to 1
  /// @param reduction what becomes of the losses; the mean divides by the weights of the targets
  ///   that are not ignored, so it is NaN where none is left
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes do not
  /// @throws IndexOutOfBoundsException if a target is neither a class nor ignored
  default Tensor crossEntropy(
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      double labelSmoothing,
      LossReduction reduction) {
    Tensor x = self();
    if (x.shape.length == 1 && target.shape.length == 0) {
      Tensor row =
          x.unsqueeze(0)
              .crossEntropy(target.unsqueeze(0), weight, ignoreIndex, labelSmoothing, reduction);
      return reduction == LossReduction.NONE ? row.squeeze(0) : row;
    }
    Losses.check(x, target, weight, labelSmoothing);
    Tensor classes = Raw.contiguous(target.dtype == DType.I64 ? target : target.to(DType.I64));
    var op = new Losses.CrossEntropy(ignoreIndex, labelSmoothing, reduction);
    return op.apply(x.contiguous(), classes, weight == null ? null : Raw.contiguous(weight));
  }
}

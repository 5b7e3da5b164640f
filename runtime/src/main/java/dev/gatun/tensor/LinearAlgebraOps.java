package dev.gatun.tensor;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Matrix products, by the backend's `gemm`. Results belong to the current scope.
public sealed interface LinearAlgebraOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Matrix product over the last two dimensions; leading ones broadcast.
  ///
  /// | operand | shape       |
  /// |---------|-------------|
  /// | this    | `[*, m, k]` |
  /// | `other` | `[*, k, n]` |
  /// | result  | `[*, m, n]` |
  ///
  /// A vector counts as a row on the left and as a column on the right, and its dimension is
  /// dropped from the result.
  ///
  /// | this | `other` | sums | result |
  /// |------|---------|------|--------|
  /// | F32  | F32     | F32  | F32    |
  /// | F64  | F64     | F64  | F64    |
  /// | F32  | BF16    | F32  | F32    |
  /// | BF16 | BF16    | F32  | BF16   |
  /// | F16  | F16     | F32  | F16    |
  ///
  /// I32, I64 and U8 are multiplied as such and wrap around; they have no gradient.
  ///
  /// A BF16 `other` is read as it is stored, which is half the memory of F32 and never copied as a
  /// whole; other operands of 16 bits are converted first.
  ///
  /// Backward: `dA = G Bᵀ`, `dB = Aᵀ G`, each in the dtype of its operand. Operands stored row- or
  /// column-major are not copied.
  ///
  /// @param other right operand
  /// @return a new tensor
  /// @throws ShapeException if the inner sizes differ or the leading dimensions do not broadcast
  /// @throws DTypeException if the dtypes differ or are BOOL
  default Tensor matmul(Tensor other) {
    Tensor a = self();
    if (a.shape.length == 0 || other.shape.length == 0) {
      throw new ShapeException(
          "matmul: needs at least one dimension each: %s x %s"
              .formatted(Shapes.format(a.shape), Shapes.format(other.shape)));
    }
    boolean mixed = a.dtype == DType.F32 && other.dtype == DType.BF16;
    if (a.dtype != other.dtype && !mixed) {
      throw new DTypeException(
          "matmul: dtypes differ: %s %s x %s %s; convert one with to(DType)"
              .formatted(a.dtype, Shapes.format(a.shape), other.dtype, Shapes.format(other.shape)));
    }
    long k = a.shape[a.shape.length - 1];
    long inner = other.shape[Math.max(other.shape.length - 2, 0)];
    if (k != inner) {
      throw new ShapeException(
          "matmul: inner sizes differ: %s x %s (%d != %d)"
              .formatted(Shapes.format(a.shape), Shapes.format(other.shape), k, inner));
    }
    if (a.dtype == DType.BF16 || a.dtype == DType.F16) {
      return a.to(DType.F32).matmul(weights(other)).to(a.dtype);
    }
    if (a.shape.length == 1) {
      Tensor row = a.unsqueeze(0).matmul(other);
      return row.squeeze(other.shape.length == 1 ? 0 : -2);
    }
    if (other.shape.length == 1) {
      return a.matmul(other.unsqueeze(1)).squeeze(-1);
    }
    return a.dtype.isFloating()
        ? new Products.MatMul(other.dtype).apply(a, other)
        : Contraction.integers(a, other);
  }

  /// Product of two matrices.
  ///
  /// @param other `[k,n]`
  /// @return `[m,n]`, for this `[m,k]`
  /// @throws ShapeException if an operand is not a matrix
  default Tensor mm(Tensor other) {
    return ranked("mm", 2, other, 2).matmul(other);
  }

  /// Products of two batches of matrices.
  ///
  /// @param other `[b,k,n]`
  /// @return `[b,m,n]`, for this `[b,m,k]`
  /// @throws ShapeException if an operand is not a batch of matrices, or the batches differ
  default Tensor bmm(Tensor other) {
    Tensor a = ranked("bmm", 3, other, 3);
    if (a.shape[0] != other.shape[0]) {
      throw new ShapeException(
          "bmm: batches differ: %s x %s (%d != %d)"
              .formatted(
                  Shapes.format(a.shape), Shapes.format(other.shape), a.shape[0], other.shape[0]));
    }
    return a.matmul(other);
  }

  /// Product of a matrix and a vector.
  ///
  /// @param vector `[k]`
  /// @return `[m]`, for this `[m,k]`
  /// @throws ShapeException if the ranks are others
  default Tensor mv(Tensor vector) {
    return ranked("mv", 2, vector, 1).matmul(vector);
  }

  /// Inner product of two vectors.
  ///
  /// @param other `[k]`, as this
  /// @return a scalar
  /// @throws ShapeException if an operand is not a vector
  default Tensor dot(Tensor other) {
    return ranked("dot", 1, other, 1).matmul(other);
  }

  /// `x Wᵀ + b`, what a linear layer computes, as one product.
  ///
  /// | operand  | shape       |
  /// |----------|-------------|
  /// | this     | `[*, in]`   |
  /// | `weight` | `[out, in]` |
  /// | `bias`   | `[out]`     |
  /// | result   | `[*, out]`  |
  ///
  /// Dtypes are those of [#matmul]: with BF16 weights, the input and the result may be F32. The
  /// bias has the dtype of the input or of the weights. Backward: `dx = G W`, `dW = Gᵀ x`, `db = Σ
  /// G`.
  ///
  /// @param weight of the dtype of this, or BF16 where this is F32
  /// @param bias of the dtype of this or of `weight`, null for none
  /// @return a new tensor
  /// @throws ShapeException if the sizes do not fit
  /// @throws DTypeException if the dtypes differ
  default Tensor linear(Tensor weight, @Nullable Tensor bias) {
    return linear(weight, bias, Activation.NONE);
  }

  /// `act(x Wᵀ + b)`: [#linear(Tensor, Tensor)] and an activation, as one product that applies both
  /// to its result in passing. The same as calling one after the other.
  ///
  /// Backward reads the result alone for the activation's part; [Activation#GELU] needs what comes
  /// before it, and is a separate operation where a gradient is recorded.
  ///
  /// @param weight `[out,in]`, of the dtype of this, or BF16 where this is F32
  /// @param bias `[out]`, of the dtype of this or of `weight`, null for none
  /// @param activation what is applied last
  /// @return a new tensor `[*,out]`
  /// @throws ShapeException if the sizes do not fit
  /// @throws DTypeException if the dtypes differ
  default Tensor linear(Tensor weight, @Nullable Tensor bias, Activation activation) {
    Tensor x = self();
    boolean fits =
        x.shape.length > 0
            && weight.shape.length == 2
            && x.shape[x.shape.length - 1] == weight.shape[1]
            && (bias == null || (bias.shape.length == 1 && bias.shape[0] == weight.shape[0]));
    if (!fits) {
      throw new ShapeException(
          "linear: sizes do not fit: input %s, weight %s%s; expected [*,in], [out,in] and [out]"
              .formatted(
                  Shapes.format(x.shape),
                  Shapes.format(weight.shape),
                  bias == null ? "" : ", bias " + Shapes.format(bias.shape)));
    }
    boolean mixed = x.dtype == DType.F32 && weight.dtype == DType.BF16;
    if (!mixed) {
      Arithmetic.same("linear", x, weight);
    }
    if (bias != null && !(mixed && bias.dtype == x.dtype)) {
      Arithmetic.same("linear", weight, bias);
    }
    Tensor wide = bias != null && (mixed || x.dtype.byteSize() == 2) ? bias.to(DType.F32) : bias;
    if (x.dtype == DType.BF16 || x.dtype == DType.F16) {
      return x.to(DType.F32).linear(weights(weight), wide, activation).to(x.dtype);
    }
    var op = new Products.Linear(activation, weight.dtype);
    return wide == null ? op.apply(x, weight) : op.apply(x, weight, wide);
  }

  /// What F32 is multiplied with instead of 16 bits.
  private static Tensor weights(Tensor narrow) {
    return narrow.dtype == DType.BF16 ? narrow : narrow.to(DType.F32);
  }

  private Tensor ranked(String op, int left, Tensor other, int right) {
    Tensor a = self();
    if (a.shape.length != left || other.shape.length != right) {
      throw new ShapeException(
          "%s: expects %d-D x %d-D, got %s x %s; use matmul() for other ranks"
              .formatted(op, left, right, Shapes.format(a.shape), Shapes.format(other.shape)));
    }
    return a;
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.memory.DType;

/// An operation of two operands that broadcast, of any dtypes, with a kernel for each dtype that it
/// is computed in: what there is to do before and after is the same for all.
interface Pairwise extends Op.Binary {
  @Override
  String opName();

  /// The kernel that computes in a dtype, which is one of [Promotion#computed].
  BinaryRow row(DType dtype);

  /// The dtype of the result; refuses operands that the operation has no meaning for.
  ///
  /// @param op the method, for messages
  default DType result(String op, Tensor a, Tensor b) {
    return Promotion.of(a, b);
  }

  @Override
  default Tensor forward(Tensor a, Tensor b) {
    DType dtype = result(opName(), a, b);
    DType in = Promotion.computed(dtype);
    return Raw.binary(opName(), Elementwise.row(row(in), a, b, in, in, dtype), dtype, a, b);
  }

  /// Overwrites `x` with the result, which must not be of a higher category.
  default Tensor inPlace(String method, Tensor x, Tensor given) {
    Tensor other = Elementwise.recordable(x, given);
    DType dtype = result(method, x, other);
    Promotion.requireCast(method, dtype, x);
    DType in = Promotion.computed(dtype);
    BinaryRow row = Elementwise.row(row(in), x, other, in, in, x.dtype);
    return InPlace.binary(method, this, row, x, other);
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// As [Pairwise], of three operands.
interface Threefold extends Op.Variadic {
  @Override
  String opName();

  /// The kernel that computes in a dtype, which is one of [Promotion#computed].
  TernaryRow row(DType dtype);

  /// The dtype of the result; refuses operands that the operation has no meaning for.
  ///
  /// @param op the method, for messages
  DType result(String op, Tensor a, Tensor b, Tensor c);

  @Override
  default Tensor forward(Tensor... inputs) {
    Tensor a = inputs[0];
    Tensor b = inputs[1];
    Tensor c = inputs[2];
    DType dtype = result(opName(), a, b, c);
    DType in = Promotion.computed(dtype);
    long[] shape = Shapes.broadcast(opName(), b.shape, c.shape);
    Tensor y = Raw.empty(opName(), dtype, Shapes.broadcast(opName(), a.shape, shape));
    Raw.ternary(Elementwise.row(row(in), in, a, b, c, y), a, b, c, y);
    return y;
  }

  /// Overwrites `x` with the result, which must not be of a higher category.
  default Tensor inPlace(String method, Tensor x, Tensor b, Tensor c) {
    DType dtype = result(method, x, b, c);
    Promotion.requireCast(method, dtype, x);
    DType in = Promotion.computed(dtype);
    Tensor second = Elementwise.recordable(x, b);
    Tensor third = Elementwise.recordable(x, c);
    TernaryRow row = Elementwise.row(row(in), in, x, second, third, x);
    return InPlace.ternary(method, this, row, x, second, third);
  }
}

package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Loops over the hidden elements of one row, in plain memory; operands are addresses. Gates lie
/// one after the other, `n` elements each.
sealed interface CellLoops permits F32Cells, F64Cells {
  /// `c = f c + i g`, where the gates are activated.
  void lstmCell(long gates, long c, int n);

  /// `y = x y`
  void scale(long x, long y, int n);

  /// `y = x + y`
  void add(long x, long y, int n);

  /// `d` of the gates' sums; `dc` becomes that of the cell before.
  ///
  /// @param before the cell before
  /// @param tanh the hyperbolic tangent of the cell
  void lstmSlope(long gates, long before, long tanh, long dh, long dc, long d, int n);

  /// `n = n + r hn`, and `hn` behind the gates; `hidden` are the hidden parts of r, z and n.
  void gruMix(long gates, long hidden, int n);

  /// `h = n + z (h - n)`
  void gruHidden(long gates, long h, int n);

  /// `d` of the sums of n, r, z and the hidden part of n, in this order; `dh` becomes the part of
  /// the hidden state before that does not go through the weights.
  void gruSlope(long gates, long before, long dh, long d, int n);

  /// `d = dh (1 - y²)`
  void tanhSlope(long y, long dh, long d, int n);

  /// `d = dh` where `y > 0`, else 0.
  void reluSlope(long y, long dh, long d, int n);

  static CellLoops of(DType dtype) {
    return switch (dtype) {
      case F32 -> new F32Cells(Dispatch.vector());
      case F64 -> new F64Cells(Dispatch.vector());
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("recurrent layer", dtype);
    };
  }
}

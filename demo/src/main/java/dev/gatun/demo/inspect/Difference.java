package dev.gatun.demo.inspect;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// How far two tensors are apart. NaNs are equal to each other, and so are equal infinities; either
/// is infinitely far from anything else.
///
/// @param absolute the largest difference
/// @param relative the largest difference, divided by the largest magnitude in the second tensor
/// @param at where the first element stands that is beyond the tolerances, -1 when none is
/// @param beyond how many elements are
public record Difference(double absolute, double relative, long at, long beyond) {
  private static final int CHUNK = 1 << 18;

  /// Compares two tensors of one shape, as NumPy's `allclose` does: `|a - b| <= atol + rtol |b|`.
  ///
  /// @param a the first
  /// @param b the one to be met
  /// @param rtol relative tolerance
  /// @param atol absolute tolerance
  /// @return the difference
  public static Difference of(Tensor a, Tensor b, double rtol, double atol) {
    double most = 0;
    double magnitude = 0;
    long at = -1;
    long beyond = 0;
    try (var _ = Scope.open("difference")) {
      Tensor left = a.reshape(a.numel());
      Tensor right = b.reshape(b.numel());
      for (long start = 0; start < left.numel(); start += CHUNK) {
        long size = Math.min(CHUNK, left.numel() - start);
        double[] x = part(left, start, size);
        double[] y = part(right, start, size);
        for (int i = 0; i < size; i++) {
          double apart = apart(x[i], y[i]);
          most = Math.max(most, apart);
          magnitude = Double.isFinite(y[i]) ? Math.max(magnitude, Math.abs(y[i])) : magnitude;
          if (apart > 0 && !(apart <= atol + rtol * Math.abs(y[i]) && Double.isFinite(apart))) {
            at = at < 0 ? start + i : at;
            beyond++;
          }
        }
      }
    }
    double relative = most == 0 ? 0 : most / magnitude;
    return new Difference(most, relative, at, beyond);
  }

  private static double[] part(Tensor flat, long start, long size) {
    try (var _ = Scope.open("chunk")) {
      return flat.narrow(0, start, size).to(DType.F64).toDoubleArray();
    }
  }

  private static double apart(double x, double y) {
    if (x == y || Double.isNaN(x) && Double.isNaN(y)) {
      return 0;
    }
    double apart = Math.abs(x - y);
    return Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart;
  }

  /// Where an element stands.
  ///
  /// @param at as in a row
  /// @param shape of the tensor
  /// @return such as `[0,3]`
  public static String index(long at, long[] shape) {
    long[] index = new long[shape.length];
    long rest = at;
    for (int dim = shape.length - 1; dim >= 0; dim--) {
      index[dim] = rest % shape[dim];
      rest /= shape[dim];
    }
    return Arrays.toString(index).replace(" ", "");
  }
}

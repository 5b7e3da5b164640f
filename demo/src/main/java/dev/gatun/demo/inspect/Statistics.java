package dev.gatun.demo.inspect;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;

/// Statistics of the elements of a tensor, in double precision. NaNs are counted and otherwise left
/// out.
///
/// @param min smallest element, NaN when there is none
/// @param max largest element, NaN when there is none
/// @param mean mean, NaN when there is none
/// @param std deviation with Bessel's correction, NaN for fewer than two elements
/// @param nans how many elements are NaN
public record Statistics(double min, double max, double mean, double std, long nans) {
  private static final int CHUNK = 1 << 18;

  /// Computes the statistics in pieces, so that no second copy of a large tensor is needed.
  ///
  /// @param tensor of any dtype
  /// @return its statistics
  public static Statistics of(Tensor tensor) {
    Sums sums = new Sums();
    try (var _ = Scope.open("statistics")) {
      Tensor flat = tensor.reshape(tensor.numel());
      for (long start = 0; start < flat.numel(); start += CHUNK) {
        try (var _ = Scope.open("chunk")) {
          long size = Math.min(CHUNK, flat.numel() - start);
          sums.add(flat.narrow(0, start, size).to(DType.F64).toDoubleArray());
        }
      }
    }
    return sums.result();
  }

  /// Running sums, merged piece by piece (Chan et al., "Updating formulae and a pairwise algorithm
  /// for computing sample variances").
  private static final class Sums {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private long count;
    private long nans;

    void add(double[] values) {
      double sum = 0;
      long here = 0;
      for (double value : values) {
        if (Double.isNaN(value)) {
          nans++;
        } else {
          min = Math.min(min, value);
          max = Math.max(max, value);
          sum += value;
          here++;
        }
      }
      if (here == 0) {
        return;
      }
      double center = sum / here;
      double around = 0;
      for (double value : values) {
        if (!Double.isNaN(value)) {
          around += (value - center) * (value - center);
        }
      }
      double delta = center - mean;
      long total = count + here;
      squares = count == 0 ? around : squares + around + delta * delta * count * here / total;
      mean = count == 0 ? center : mean + delta * here / total;
      count = total;
    }

    Statistics result() {
      double none = Double.NaN;
      return count == 0
          ? new Statistics(none, none, none, none, nans)
          : new Statistics(
              min, max, mean, count < 2 ? none : Math.sqrt(squares / (count - 1)), nans);
    }
  }
}

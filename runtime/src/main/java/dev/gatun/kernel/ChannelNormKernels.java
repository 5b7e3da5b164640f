package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Channels brought to mean 0 and variance 1, then scaled and shifted, and the gradients of that,
/// for all of batch, group and instance normalization: they differ in which rows of elements have a
/// mean and a variance in common. Results do not depend on the number of threads.
public final class ChannelNormKernels {
  /// Elements below which a second thread does not pay.
  private static final long LARGE = 65_536;

  /// What is kept of a group: its mean and its biased variance.
  public static final int STATS = 2;

  private ChannelNormKernels() {}

  /// What forward and backward have in common. Row `r` of `x` belongs to channel `r % channels`.
  ///
  /// @param dtype F32 or F64
  /// @param x `[samples, channels, inner]`
  /// @param weight `[channels]`, or null
  /// @param stats `[groups, STATS]`, F64
  /// @param samples number of samples
  /// @param channels number of channels
  /// @param inner elements of a row
  /// @param together channels of a sample that make a group; 0 where a group is one channel of all
  ///   samples
  /// @param eps added to the variance
  /// @param given whether the stats are given and not those of `x`
  public record Problem(
      DType dtype,
      ElementRun x,
      @Nullable ElementRun weight,
      ElementRun stats,
      long samples,
      int channels,
      long inner,
      int together,
      double eps,
      boolean given) {
    /// The number of groups.
    public long groups() {
      return together == 0 ? channels : samples * (channels / together);
    }

    int rows() {
      return Math.toIntExact(together == 0 ? samples : together);
    }

    long row(long group, int i) {
      return together == 0 ? i * (long) channels + group : group * together + i;
    }

    int channel(long row) {
      return (int) (row % channels);
    }

    long count() {
      return rows() * inner;
    }

    double mean(long group) {
      return Element.f64(stats.memory(), stats.at(group * STATS, Double.BYTES));
    }

    double variance(long group) {
      return Element.f64(stats.memory(), stats.at(group * STATS + 1, Double.BYTES));
    }

    void keep(long group, double mean, double variance) {
      Element.f64(stats.memory(), stats.at(group * STATS, Double.BYTES), mean);
      Element.f64(stats.memory(), stats.at(group * STATS + 1, Double.BYTES), variance);
    }

    double weight(int channel) {
      return weight == null ? 1 : value(weight, channel);
    }

    double value(ElementRun run, int channel) {
      return Element.asDouble(dtype, run.memory(), run.at(channel, dtype.byteSize()));
    }

    private Problem alias() {
      ElementRun w = weight == null ? null : weight.alias();
      return new Problem(
          dtype, x.alias(), w, stats.alias(), samples, channels, inner, together, eps, given);
    }
  }

  /// Works on one group.
  @FunctionalInterface
  private interface Group {
    void run(Problem p, long group);
  }

  /// `y = (x - mean) / √(variance + eps) weight + bias`, and the stats.
  ///
  /// @param p the problem
  /// @param bias `[channels]`, or null
  /// @param y result, in the shape of `x`
  public static void forward(Problem p, @Nullable ElementRun bias, ElementRun y) {
    ElementRun b = bias == null ? null : bias.alias();
    ElementRun to = y.alias();
    Group group =
        switch (p.dtype) {
          case F32 -> (q, g) -> F32ChannelNorm.forward(q, g, b, to);
          case F64 -> (q, g) -> F64ChannelNorm.forward(q, g, b, to);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("batchNorm", p.dtype);
        };
    run(p, group);
  }

  /// The gradients with respect to `x`, the weight and the bias.
  ///
  /// @param p the problem, after [#forward]
  /// @param g gradient with respect to the result
  /// @param dx result in the shape of `x`, or null
  /// @param dw result, `[channels]`, or null
  /// @param db result, `[channels]`, or null
  public static void backward(
      Problem p,
      ElementRun g,
      @Nullable ElementRun dx,
      @Nullable ElementRun dw,
      @Nullable ElementRun db) {
    ElementRun from = g.alias();
    ElementRun to = dx == null ? null : dx.alias();
    // Of each row Σ g and Σ g (x - mean) / √(variance + eps).
    double[] sums = new double[Math.toIntExact(2 * p.samples * p.channels)];
    Group group =
        switch (p.dtype) {
          case F32 -> (q, i) -> F32ChannelNorm.backward(q, i, from, to, sums);
          case F64 -> (q, i) -> F64ChannelNorm.backward(q, i, from, to, sums);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("batchNorm", p.dtype);
        };
    run(p, group);
    collect(p, sums, 1, dw);
    collect(p, sums, 0, db);
  }

  private static void collect(Problem p, double[] sums, int which, @Nullable ElementRun into) {
    if (into == null) {
      return;
    }
    for (int c = 0; c < p.channels; c++) {
      double sum = 0;
      for (int i = 2 * c + which; i < sums.length; i += 2 * p.channels) {
        sum += sums[i];
      }
      Element.store(p.dtype, into.memory(), into.at(c, p.dtype.byteSize()), sum);
    }
  }

  private static void run(Problem p, Group work) {
    long groups = p.groups();
    if (p.samples * p.channels * p.inner < LARGE) {
      for (long g = 0; g < groups; g++) {
        work.run(p, g);
      }
      return;
    }
    Problem shared = p.alias();
    long perTask = Math.max(1, LARGE / 2 / Math.max(1, p.count()));
    Workers.run(
        Math.toIntExact(Math.ceilDiv(groups, perTask)),
        task -> {
          long last = Math.min(groups, (task + 1) * perTask);
          for (long g = task * perTask; g < last; g++) {
            work.run(shared, g);
          }
        });
  }
}

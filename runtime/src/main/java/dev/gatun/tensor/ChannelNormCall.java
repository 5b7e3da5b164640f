package dev.gatun.tensor;

import dev.gatun.kernel.ChannelNormKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of a method of [ChannelNormOps]: its checks, and what happens around the operation.
///
/// @param op the method, for messages
record ChannelNormCall(String op, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
  /// Means and variances that outlive a call.
  record Running(@Nullable Tensor mean, @Nullable Tensor variance, double momentum) {}

  Tensor batch(Tensor x, Running running, boolean training) {
    check(x, running);
    if (!training) {
      return normalize(x, 0, given(running));
    }
    long count = x.shape[1] == 0 ? 0 : x.numel / x.shape[1];
    if (count == 1) {
      throw new ShapeException(
          "%s: expected more than 1 value per channel when training: input %s; use more samples or eval()"
              .formatted(op, Shapes.format(x.shape)));
    }
    Tensor stats = Raw.empty(op, DType.F64, x.shape[1], (long) ChannelNormKernels.STATS);
    Tensor y = apply(x, 0, stats, false);
    if (count > 0) {
      update(running, stats, count);
    }
    return y;
  }

  Tensor group(Tensor x, long groups) {
    check(x, new Running(null, null, 0));
    if (groups < 1 || x.shape[1] % groups != 0) {
      throw new ShapeException(
          "%s: %d channels cannot be cut in %d groups: input %s"
              .formatted(op, x.shape[1], groups, Shapes.format(x.shape)));
    }
    long together = x.shape[1] / groups;
    if (x.numel > 0 && x.numel == groups) {
      throw new ShapeException(
          "%s: expected more than 1 value per channel when training: input %s, %d groups"
              .formatted(op, Shapes.format(x.shape), groups));
    }
    return normalize(x, Math.toIntExact(Math.max(1, together)), null);
  }

  Tensor instance(Tensor x, Running running, boolean useInputStats) {
    check(x, running);
    if (!useInputStats) {
      return normalize(x, 0, given(running));
    }
    long rows = x.shape[0] * x.shape[1];
    long count = rows == 0 ? 0 : x.numel / rows;
    if (count == 1) {
      throw new ShapeException(
          "%s: expected more than 1 spatial element when training: input %s"
              .formatted(op, Shapes.format(x.shape)));
    }
    Tensor stats = Raw.empty(op, DType.F64, rows, (long) ChannelNormKernels.STATS);
    Tensor y = apply(x, 1, stats, false);
    if (count > 0 && running.mean != null) {
      try (var _ = Scope.open(op);
          var _ = NoGrad.open()) {
        Tensor each = stats.view(x.shape[0], x.shape[1], ChannelNormKernels.STATS);
        update(running, each.mean(0), count);
      }
    }
    return y;
  }

  private Tensor normalize(Tensor x, int together, @Nullable Tensor given) {
    long groups = together == 0 ? x.shape[1] : x.shape[0] * (x.shape[1] / together);
    Tensor stats =
        given == null ? Raw.empty(op, DType.F64, groups, (long) ChannelNormKernels.STATS) : given;
    return apply(x, together, stats, given != null);
  }

  private Tensor apply(Tensor given, int together, Tensor stats, boolean fixed) {
    if (given.dtype == DType.BF16 || given.dtype == DType.F16) {
      var wide = new ChannelNormCall(op, wide(weight), wide(bias), eps);
      return wide.apply(given.to(DType.F32), together, stats, fixed).to(given.dtype);
    }
    List<Tensor> inputs = new ArrayList<>(4);
    inputs.add(given.contiguous());
    inputs.add(stats);
    if (weight != null) {
      inputs.add(weight.contiguous());
    }
    if (bias != null) {
      inputs.add(bias.contiguous());
    }
    var normalize =
        new ChannelNorm.Normalize(op, together, eps, fixed, weight != null, bias != null);
    return normalize.apply(inputs.toArray(Tensor[]::new)).getFirst();
  }

  private static @Nullable Tensor wide(@Nullable Tensor x) {
    return x == null ? null : x.to(DType.F32);
  }

  private Tensor given(Running running) {
    if (running.mean == null || running.variance == null) {
      throw new IllegalArgumentException(
          op + ": evaluation needs running values: runningMean or runningVar is null");
    }
    Tensor stats = Raw.empty(op, DType.F64, running.mean.shape[0], (long) ChannelNormKernels.STATS);
    Raw.copy(running.mean, Raw.view(stats, running.mean.shape, new long[] {2}, 0));
    Raw.copy(running.variance, Raw.view(stats, running.mean.shape, new long[] {2}, 1));
    return stats;
  }

  private void update(Running running, Tensor stats, long count) {
    try (var _ = Scope.open(op);
        var _ = NoGrad.open()) {
      if (running.mean != null) {
        move(running.mean, stats.select(1, 0), running.momentum);
      }
      if (running.variance != null) {
        double unbiased = (double) count / (count - 1);
        move(running.variance, stats.select(1, 1).mul(unbiased), running.momentum);
      }
    }
  }

  private static void move(Tensor running, Tensor value, double momentum) {
    Tensor moved = running.to(DType.F64).mul(1 - momentum).add(value, momentum);
    running.copy_(moved.to(running.dtype));
  }

  private void check(Tensor x, Running running) {
    if (!x.dtype.isFloating()) {
      throw Arithmetic.unsupported(op, x, "a floating dtype");
    }
    Shapes.requireRank(op, x.shape, 2);
    checkChannels("runningMean", x, running.mean, false);
    checkChannels("runningVar", x, running.variance, false);
    checkChannels("weight", x, weight, true);
    checkChannels("bias", x, bias, true);
    if (!(eps >= 0)) {
      throw new IllegalArgumentException(op + ": eps must not be negative: " + eps);
    }
  }

  private void checkChannels(String name, Tensor x, @Nullable Tensor given, boolean same) {
    if (given == null) {
      return;
    }
    if (same) {
      Arithmetic.same(op, x, given);
    }
    if (!Arrays.equals(given.shape, new long[] {x.shape[1]})) {
      throw new ShapeException(
          "%s: %s %s does not have one element for each of %d channels: input %s"
              .formatted(op, name, Shapes.format(given.shape), x.shape[1], Shapes.format(x.shape)));
    }
  }
}

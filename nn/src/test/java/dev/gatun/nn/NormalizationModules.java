package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import java.util.List;

/// Normalizations, and dropouts in evaluation.
final class NormalizationModules {
  private NormalizationModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("BatchNorm1d", dtype -> new BatchNorm1d(batch(3, dtype))),
        row("BatchNorm1d-3d", dtype -> new BatchNorm1d(batch(3, dtype).eps(0.01).momentum(0.3))),
        row(
            "BatchNorm1d-plain",
            dtype -> new BatchNorm1d(batch(3, dtype).affine(false).trackRunningStats(false))),
        row("BatchNorm2d", dtype -> new BatchNorm2d(batch(3, dtype))),
        row("BatchNorm2d-cumulative", dtype -> new BatchNorm2d(batch(2, dtype).momentum(null))),
        row(
            "BatchNorm2d-untracked",
            dtype -> new BatchNorm2d(batch(2, dtype).trackRunningStats(false))),
        row("BatchNorm3d", dtype -> new BatchNorm3d(batch(2, dtype))),
        row("GroupNorm", dtype -> new GroupNorm(2, 4, 1e-5, true, dtype)),
        row("GroupNorm-options", dtype -> new GroupNorm(3, 6, 0.01, false, dtype)),
        row("InstanceNorm1d", dtype -> new InstanceNorm1d(instance(3, dtype))),
        row(
            "InstanceNorm1d-unbatched",
            dtype -> new InstanceNorm1d(instance(3, dtype).affine(true))),
        row("InstanceNorm2d", dtype -> new InstanceNorm2d(instance(3, dtype))),
        row(
            "InstanceNorm2d-tracked",
            dtype -> new InstanceNorm2d(instance(3, dtype).affine(true).trackRunningStats(true))),
        row("InstanceNorm3d", dtype -> new InstanceNorm3d(instance(2, dtype).eps(0.1))),
        row("RMSNorm", dtype -> new RMSNorm(new long[] {5}, null, true, dtype)),
        row("RMSNorm-options", dtype -> new RMSNorm(new long[] {2, 3}, 0.001, false, dtype)),
        row("LocalResponseNorm", _ -> new LocalResponseNorm(3, 0.5, 0.75, 1)),
        row("LocalResponseNorm-even", _ -> new LocalResponseNorm(2, 0.1, 0.5, 2)),
        row("BatchNorm1d-eval", dtype -> new BatchNorm1d(batch(3, dtype)).eval()),
        row("BatchNorm2d-eval", dtype -> new BatchNorm2d(batch(3, dtype)).eval()),
        row(
            "BatchNorm2d-eval-untracked",
            dtype -> new BatchNorm2d(batch(2, dtype).trackRunningStats(false)).eval()),
        row(
            "InstanceNorm2d-eval",
            dtype -> new InstanceNorm2d(instance(3, dtype).trackRunningStats(true)).eval()),
        row("Dropout1d", _ -> new Dropout1d(0.2).eval()),
        row("Dropout2d", _ -> new Dropout2d(0.3).eval()),
        row("Dropout3d", _ -> new Dropout3d().eval()),
        row("AlphaDropout", _ -> new AlphaDropout(0.1).eval()),
        row("FeatureAlphaDropout", _ -> new FeatureAlphaDropout().eval()));
  }

  private static NormOptions batch(long numFeatures, DType dtype) {
    return NormOptions.batch(numFeatures).dtype(dtype);
  }

  private static NormOptions instance(long numFeatures, DType dtype) {
    return NormOptions.instance(numFeatures).dtype(dtype);
  }
}

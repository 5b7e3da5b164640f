package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the methods of [EmbeddingOps] do: checks, and [Embeddings] put together.
final class EmbeddingCalls {
  private static final String BAG = "embeddingBag";

  /// As in PyTorch, so that a norm of 0 divides nothing by 0.
  private static final double TINY = 1e-7;

  private EmbeddingCalls() {}

  static Tensor embedding(Tensor table, Tensor indices, long padding, boolean byFrequency) {
    Tensor flat = index("embedding", table, indices, padding);
    Tensor rows =
        byFrequency
            ? new Embeddings.Lookup(padding).apply(table, flat, inverseCounts(table, flat))
            : new Embeddings.Lookup(padding).apply(table, flat);
    long[] shape = Arrays.copyOf(indices.shape, indices.shape.length + 1);
    shape[indices.shape.length] = table.shape[1];
    return rows.view(shape);
  }

  /// The indices as a vector.
  private static Tensor index(String op, Tensor table, Tensor indices, long padding) {
    Arithmetic.floating(op, table, table);
    if (table.shape.length != 2) {
      throw new ShapeException(
          "%s: the table must be a matrix: %s".formatted(op, Shapes.format(table.shape)));
    }
    if (padding < -1 || padding >= table.shape[0]) {
      throw new IllegalArgumentException(
          "%s: paddingIdx out of range: %d (expected -1..%d)"
              .formatted(op, padding, table.shape[0] - 1));
    }
    Tensor flat = Indexing.index(op, indices).reshape(-1);
    Embeddings.check(op, table, flat);
    return flat;
  }

  private static Tensor inverseCounts(Tensor table, Tensor index) {
    Tensor counts = index.bincount(null, table.shape[0]);
    return counts.indexSelect(0, index).to(table.dtype).reciprocal();
  }

  static Tensor bag(
      Tensor table,
      Tensor indices,
      @Nullable Tensor offsets,
      BagMode mode,
      @Nullable Tensor weights,
      long padding,
      boolean includeLast,
      boolean byFrequency) {
    Tensor index = index(BAG, table, indices, padding);
    Size starts = Size.of(starts(indices, offsets, includeLast));
    checkMode(indices, mode, weights, byFrequency);
    if (mode == BagMode.MAX) {
      return Embeddings.largest(table, index, starts, padding);
    }
    Tensor scale =
        mode == BagMode.MEAN
            ? shares(table.dtype, index, starts, padding)
            : weights == null ? null : weights.reshape(-1);
    if (weights != null) {
      Arithmetic.same(BAG, table, weights);
    }
    Tensor from = table;
    long skipped = padding;
    if (byFrequency) {
      // The factor is one of the gradient alone: the rows are taken first.
      from = new Embeddings.Lookup(padding).apply(table, index, inverseCounts(table, index));
      Tensor places = Tensor.arange(index.numel);
      skipped = padding < 0 ? -1 : index.numel;
      index = padding < 0 ? places : places.maskedFill(index.eq(padding), skipped);
    }
    var sum = new Embeddings.BagSum(starts, skipped);
    return scale == null ? sum.apply(from, index) : sum.apply(from, index, scale);
  }

  private static void checkMode(
      Tensor indices, BagMode mode, @Nullable Tensor weights, boolean byFrequency) {
    if (weights != null && mode != BagMode.SUM) {
      throw new IllegalArgumentException(
          BAG + ": perSampleWeights go with SUM only, not with " + mode);
    }
    if (weights != null && !Arrays.equals(weights.shape, indices.shape)) {
      throw new ShapeException(
          "%s: perSampleWeights must have the shape of the indices: %s and %s"
              .formatted(BAG, Shapes.format(weights.shape), Shapes.format(indices.shape)));
    }
    if (byFrequency && mode == BagMode.MAX) {
      throw new IllegalArgumentException(BAG + ": scaleGradByFreq does not go with MAX");
    }
  }

  /// The first index of each bag, and their number.
  private static long[] starts(Tensor indices, @Nullable Tensor offsets, boolean includeLast) {
    if (indices.shape.length == 2 && offsets == null) {
      long[] starts = new long[Math.toIntExact(indices.shape[0] + 1)];
      Arrays.setAll(starts, b -> b * indices.shape[1]);
      return starts;
    }
    if (indices.shape.length != 1 || offsets == null || offsets.shape.length != 1) {
      throw new ShapeException(
          "%s: needs a vector of indices with a vector of offsets, or a matrix without: %s and %s"
              .formatted(
                  BAG,
                  Shapes.format(indices.shape),
                  offsets == null ? "none" : Shapes.format(offsets.shape)));
    }
    long[] given = Indexing.index(BAG, offsets).toLongArray();
    long[] starts = includeLast ? given : Arrays.copyOf(given, given.length + 1);
    if (!includeLast) {
      starts[given.length] = indices.numel;
    }
    boolean bad = starts.length == 0 || (starts.length > 1 && starts[0] != 0);
    for (int b = 0; !bad && b + 1 < starts.length; b++) {
      bad = starts[b] > starts[b + 1];
    }
    if (bad || starts[starts.length - 1] > indices.numel) {
      throw new IllegalArgumentException(
          "%s: offsets must begin with 0, not fall, and not lead beyond the indices: %s (%d indices)"
              .formatted(BAG, Arrays.toString(given).replace(" ", ""), indices.numel));
    }
    return starts;
  }

  /// For each index one by how many its bag has, padding not counted.
  private static Tensor shares(DType dtype, Tensor index, Size starts, long padding) {
    long[] places = index.toLongArray();
    long[] all = starts.values();
    double[] shares = new double[places.length];
    for (int b = 0; b + 1 < all.length; b++) {
      int n = 0;
      for (int j = (int) all[b]; j < all[b + 1]; j++) {
        n += places[j] == padding ? 0 : 1;
      }
      Arrays.fill(shares, (int) all[b], (int) all[b + 1], 1.0 / Math.max(1, n));
    }
    return Tensor.of(shares, shares.length).to(dtype);
  }

  static Tensor renorm(Tensor table, Tensor indices, double maxNorm, double normType) {
    String op = "embeddingRenorm_";
    Tensor index = index(op, table, indices, -1);
    if (!(maxNorm >= 0)) {
      throw new IllegalArgumentException(op + ": maxNorm must not be negative: " + maxNorm);
    }
    if (index.numel == 0) {
      return table;
    }
    try (var _ = NoGrad.open()) {
      Tensor places = index.unique();
      Tensor rows = table.indexSelect(0, places);
      Tensor norms = Linalg.vectorNorm(rows, normType, new int[] {1}, true);
      Tensor large = norms.gt(maxNorm);
      if (large.any().item() != 0) {
        Tensor factor = norms.add(TINY).reciprocal().mul(maxNorm);
        Tensor shorter = Tensor.where(large, rows.mul(factor), rows);
        Tensor _ = table.indexCopy_(0, places, shorter);
      }
    }
    return table;
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.RandomKernels;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Attention.Setting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What attention asks of its operands.
final class AttentionChecks {
  private AttentionChecks() {}

  /// The common leading dimensions.
  static long[] batch(Tensor q, Tensor k, Tensor v) {
    String op = Attention.NAME;
    Arithmetic.same(op, q, k);
    Arithmetic.same(op, q, v);
    requireFloating(op, q);
    for (Tensor x : new Tensor[] {q, k, v}) {
      if (x.shape.length < 2) {
        throw new ShapeException(
            "%s: needs 2 dimensions or more: query %s, key %s, value %s"
                .formatted(
                    op, Shapes.format(q.shape), Shapes.format(k.shape), Shapes.format(v.shape)));
      }
    }
    if (q.size(-1) != k.size(-1)) {
      throw new ShapeException(
          "%s: query and key have rows of different sizes: %s and %s (%d vs %d)"
              .formatted(
                  op, Shapes.format(q.shape), Shapes.format(k.shape), q.size(-1), k.size(-1)));
    }
    if (k.size(-2) != v.size(-2)) {
      throw new ShapeException(
          "%s: key and value have different lengths: %s and %s (%d vs %d)"
              .formatted(
                  op, Shapes.format(k.shape), Shapes.format(v.shape), k.size(-2), v.size(-2)));
    }
    return Shapes.broadcast(op, Shapes.broadcast(op, outer(q), outer(k)), outer(v));
  }

  private static void requireFloating(String op, Tensor x) {
    if (!x.dtype.isFloating()) {
      throw Arithmetic.unsupported(op, x, "F32, F64, BF16 or F16");
    }
  }

  private static long[] outer(Tensor x) {
    return Arrays.copyOf(x.shape, x.shape.length - 2);
  }

  /// `[*, H]` of `[*, L, 3, H, E]`.
  static long[] packed(Tensor x) {
    String op = Attention.NAME + "Packed";
    requireFloating(op, x);
    int rank = x.shape.length;
    if (rank < 4 || x.shape[rank - 3] != 3) {
      throw new ShapeException(
          "%s: needs [*, L, 3, H, E], got %s".formatted(op, Shapes.format(x.shape)));
    }
    long[] batch = Arrays.copyOf(x.shape, rank - 3);
    batch[rank - 4] = x.shape[rank - 2];
    return batch;
  }

  static void options(Tensor q, @Nullable Tensor mask, double dropoutP, boolean isCausal) {
    String op = Attention.NAME;
    if (!(dropoutP >= 0 && dropoutP <= 1)) {
      throw new IllegalArgumentException(op + ": dropoutP must be from 0 to 1: " + dropoutP);
    }
    if (mask != null && isCausal) {
      throw new IllegalArgumentException(
          "%s: mask %s with isCausal; have the mask exclude later keys too"
              .formatted(op, Shapes.format(mask.shape)));
    }
    if (mask != null && mask.dtype != DType.BOOL && mask.dtype != q.dtype) {
      throw new DTypeException(
          "%s: mask must be BOOL or %s as the query: %s %s; convert with to(DType)"
              .formatted(op, q.dtype, mask.dtype, Shapes.format(mask.shape)));
    }
  }

  static void mask(String op, @Nullable Tensor mask, long[] batch, long queries, long keys) {
    if (mask == null) {
      return;
    }
    long[] scores = Arrays.copyOf(batch, batch.length + 2);
    scores[batch.length] = queries;
    scores[batch.length + 1] = keys;
    int shift = scores.length - mask.shape.length;
    boolean fits = shift >= 0;
    for (int i = 0; i < mask.shape.length && fits; i++) {
      fits = mask.shape[i] == 1 || mask.shape[i] == scores[i + shift];
    }
    if (!fits) {
      throw new ShapeException(
          "%s: mask does not broadcast to the scores: %s and %s"
              .formatted(op, Shapes.format(mask.shape), Shapes.format(scores)));
    }
  }

  /// `1 / √E`; 1 where there is nothing to sum.
  static double scale(Tensor q) {
    boolean empty = q.shape.length == 0 || q.size(-1) == 0;
    return empty ? 1 : 1 / Math.sqrt((double) q.size(-1));
  }

  /// Takes the numbers of a draw of `scores` elements where any are needed.
  static Setting setting(
      double scale, boolean causal, double dropout, long scores, Generator generator) {
    Recomputation.Draw draw =
        dropout == 0 ? null : generator.next(RandomKernels.counters(DType.F32, scores));
    return new Setting(scale, causal, dropout, draw);
  }

  static boolean isHalf(Tensor x) {
    return x.dtype == DType.BF16 || x.dtype == DType.F16;
  }

  static Tensor wide(Tensor x) {
    return isHalf(x) ? x.to(DType.F32) : x;
  }

  static @Nullable Tensor wideOrNull(@Nullable Tensor x) {
    return x == null ? null : wide(x);
  }

  static Tensor expand(Tensor x, long[] batch) {
    int outer = x.shape.length - 2;
    if (outer == batch.length && Arrays.equals(x.shape, 0, outer, batch, 0, outer)) {
      return x;
    }
    long[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = x.shape[outer];
    shape[batch.length + 1] = x.shape[outer + 1];
    return x.expand(shape);
  }
}

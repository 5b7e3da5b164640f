package dev.gatun.nn;

import dev.gatun.nn.MultiheadAttention.Options;
import dev.gatun.nn.MultiheadAttention.Result;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [MultiheadAttention] does before its last projection.
///
/// @param packed the weights of all projections; null where they are apart
/// @param apart those of query, key and value; empty where they are packed
record AttentionHeads(
    Options options,
    @Nullable Tensor packed,
    List<? extends Tensor> apart,
    @Nullable Tensor bias,
    @Nullable Tensor biasK,
    @Nullable Tensor biasV) {
  void reset(Generator generator) {
    if (packed != null) {
      Init.xavierUniform_(packed, 1, generator);
    }
    for (Tensor weight : apart) {
      Init.xavierUniform_(weight, 1, generator);
    }
    if (bias != null) {
      Init.zeros_(bias);
    }
    if (biasK != null && biasV != null) {
      Init.xavierNormal_(biasK, 1, generator);
      Init.xavierNormal_(biasV, 1, generator);
    }
  }

  /// @param p probability of a weight to be dropped
  @SuppressWarnings("ReferenceEquality") // the very same tensor is projected once
  Result attend(Tensor query, Tensor key, Tensor value, AttentionArguments arguments, double p) {
    check(query, key, value);
    if (query.dim() == 3) {
      return attendBatch(query, key, value, arguments, p);
    }
    int dim = options.batchFirst() ? 0 : 1;
    Tensor q = query.unsqueeze(dim);
    Tensor k = key == query ? q : key.unsqueeze(dim);
    Tensor v = value == query ? q : value == key ? k : value.unsqueeze(dim);
    Result one = attendBatch(q, k, v, arguments, p);
    Tensor weights = one.weights();
    return new Result(one.output().squeeze(dim), weights == null ? null : weights.squeeze(0));
  }

  @SuppressWarnings("ReferenceEquality")
  private Result attendBatch(
      Tensor query, Tensor key, Tensor value, AttentionArguments arguments, double p) {
    int more = (biasK == null ? 0 : 1) + (options.addZeroAttn() ? 1 : 0);
    boolean own = query == key && key == value && packed != null;
    AttentionMasks masks = masks(query, key, arguments, more);
    if (own && more == 0 && !arguments.needWeights()) {
      return new Result(attendToItself(query, masks, p), null);
    }
    Tensor[] projected = project(query, key, value);
    Tensor q = heads(projected[0]);
    Tensor k = append(heads(projected[1]), biasK);
    Tensor v = append(heads(projected[2]), biasV);
    double scale = 1 / Math.sqrt((double) q.size(-1));
    if (!arguments.needWeights()) {
      Tensor y =
          q.scaledDotProductAttention(
              k, v, masks.shown(), p, masks.isCausal(), scale, options.generator());
      return new Result(join(y), null);
    }
    Tensor weights = masks.weights(q.matmul(k.transpose(-2, -1)).mul(scale));
    weights = F.dropout(weights, p, true, options.generator());
    Tensor shown = arguments.averageAttnWeights() ? weights.mean(1) : weights;
    return new Result(join(weights.matmul(v)), shown);
  }

  private AttentionMasks masks(Tensor query, Tensor key, AttentionArguments arguments, int more) {
    int length = options.batchFirst() ? 1 : 0;
    return AttentionMasks.of(
        arguments,
        query.size(1 - length),
        options.numHeads(),
        query.size(length),
        key.size(length),
        more,
        query.dtype());
  }

  private Tensor attendToItself(Tensor x, AttentionMasks masks, double p) {
    int h = options.numHeads();
    Tensor all = x.linear(packed(0, 3), bias).unflatten(-1, 3, h, options.embedDim() / h);
    Tensor qkv = options.batchFirst() ? all : all.transpose(0, 1);
    Tensor y =
        qkv.scaledDotProductAttentionPacked(
            masks.shown(), p, masks.isCausal(), options.generator());
    if (NoGrad.isOpen()) {
      all.free();
    }
    return (options.batchFirst() ? y : y.transpose(0, 1)).flatten(-2, -1);
  }

  /// Query, key and value by as few products as there are tensors.
  @SuppressWarnings("ReferenceEquality")
  private Tensor[] project(Tensor query, Tensor key, Tensor value) {
    if (packed == null) {
      return new Tensor[] {
        query.linear(apart.get(0), bias(0, 1)),
        key.linear(apart.get(1), bias(1, 1)),
        value.linear(apart.get(2), bias(2, 1))
      };
    }
    if (query == key && key == value) {
      return query.linear(packed, bias).chunk(3, -1);
    }
    Tensor q = query.linear(packed(0, 1), bias(0, 1));
    if (key == value) {
      Tensor[] both = key.linear(packed(1, 2), bias(1, 2)).chunk(2, -1);
      return new Tensor[] {q, both[0], both[1]};
    }
    return new Tensor[] {
      q, key.linear(packed(1, 1), bias(1, 1)), value.linear(packed(2, 1), bias(2, 1))
    };
  }

  private Tensor packed(int first, int count) {
    if (packed == null) {
      throw new IllegalStateException("MultiheadAttention: projections are apart");
    }
    return part(packed, first, count);
  }

  private @Nullable Tensor bias(int first, int count) {
    return bias == null ? null : part(bias, first, count);
  }

  private Tensor part(Tensor x, int first, int count) {
    long e = options.embedDim();
    return count == 3 ? x : x.narrow(0, first * e, count * e);
  }

  /// `[N, heads, length, E / heads]`
  private Tensor heads(Tensor x) {
    int h = options.numHeads();
    Tensor apart = x.unflatten(-1, h, options.embedDim() / h);
    return options.batchFirst() ? apart.transpose(1, 2) : apart.permute(1, 2, 0, 3);
  }

  /// The opposite.
  private Tensor join(Tensor y) {
    Tensor apart = options.batchFirst() ? y.transpose(1, 2) : y.permute(2, 0, 1, 3);
    return apart.flatten(-2, -1);
  }

  /// What is learned, and then zeros, behind what was given.
  private Tensor append(Tensor x, @Nullable Tensor learned) {
    Tensor y = x;
    long[] one = {x.size(0), x.size(1), 1, x.size(3)};
    if (learned != null) {
      y = Tensor.cat(2, y, learned.view(1, one[1], 1, one[3]).expand(one));
    }
    return options.addZeroAttn() ? Tensor.cat(2, y, Tensor.zeros(x.dtype(), one)) : y;
  }

  private void check(Tensor query, Tensor key, Tensor value) {
    int rank = query.dim();
    if ((rank != 2 && rank != 3) || key.dim() != rank || value.dim() != rank) {
      throw new ShapeException(
          "MultiheadAttention: query, key and value need 3 dimensions, or 2 without a batch: %s, %s and %s"
              .formatted(text(query), text(key), text(value)));
    }
    requireSize("query", "embedDim", query, options.embedDim());
    requireSize("key", "kdim", key, options.kdim());
    requireSize("value", "vdim", value, options.vdim());
    int length = options.batchFirst() && rank == 3 ? 1 : 0;
    if (key.size(length) != value.size(length)) {
      throw new ShapeException(
          "MultiheadAttention: key and value have different lengths: %s and %s (%d vs %d)"
              .formatted(text(key), text(value), key.size(length), value.size(length)));
    }
    if (rank == 3
        && (query.size(1 - length) != key.size(1 - length)
            || key.size(1 - length) != value.size(1 - length))) {
      throw new ShapeException(
          "MultiheadAttention: query, key and value are of different batches: %s, %s and %s (batchFirst=%s)"
              .formatted(text(query), text(key), text(value), options.batchFirst()));
    }
  }

  private static void requireSize(String what, String name, Tensor x, long size) {
    if (x.size(-1) != size) {
      throw new ShapeException(
          "MultiheadAttention: the last dimension of %s is not %s: %s (%d vs %d)"
              .formatted(what, name, text(x), x.size(-1), size));
    }
  }

  private static String text(Tensor x) {
    return Numbers.text(x.shape());
  }
}

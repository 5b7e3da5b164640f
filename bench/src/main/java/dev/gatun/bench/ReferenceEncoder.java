package dev.gatun.bench;

import static dev.gatun.bench.compare.Encoding.BATCH;
import static dev.gatun.bench.compare.Encoding.HEADS;
import static dev.gatun.bench.compare.Encoding.LENGTH;
import static dev.gatun.bench.compare.Encoding.WIDTH;

import dev.gatun.bench.compare.Encoding;
import dev.gatun.bench.compare.Training;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What the parts of [Encoding] compute, in F64 by the simplest operations there are.
public final class ReferenceEncoder {
  private static final double EPS = 1e-5;

  private ReferenceEncoder() {}

  /// The output of the layer.
  ///
  /// @param work with its inputs
  /// @return row-major
  public static double[] forward(Encoding work) {
    return layer(input(work), weights(work)).toDoubleArray();
  }

  /// The losses before the first steps of training.
  ///
  /// @param work with its inputs
  /// @return [Training#CHECKED_STEPS] of them
  public static double[] losses(Encoding work) {
    Tensor x = input(work);
    Map<String, Tensor> weights = weights(work);
    weights.values().forEach(Tensor::requiresGrad_);
    double[] losses = new double[Training.CHECKED_STEPS];
    for (int i = 0; i < losses.length; i++) {
      try (var _ = Scope.open()) {
        Tensor loss = layer(x, weights).square().mean();
        losses[i] = loss.item();
        loss.backward();
        try (var _ = NoGrad.open()) {
          for (Tensor weight : weights.values()) {
            weight.sub_(Objects.requireNonNull(weight.grad()).mul(Encoding.LR));
            weight.zeroGrad();
          }
        }
      }
    }
    return losses;
  }

  /// The normalized rows.
  ///
  /// @param work with its inputs
  /// @return row-major
  public static double[] norm(Encoding work) {
    return norm(input(work), weights(work), "norm1").toDoubleArray();
  }

  /// The attention of all heads.
  ///
  /// @param work with its inputs
  /// @return row-major
  public static double[] attention(Encoding work) {
    Tensor[] qkv = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      qkv[i] =
          Tensor.of(work.heads(i), Encoding.SEQUENCES, HEADS, Encoding.POSITIONS, Encoding.HEAD)
              .to(DType.F64);
    }
    return attend(qkv[0], qkv[1], qkv[2]).toDoubleArray();
  }

  private static Tensor input(Encoding work) {
    return Tensor.of(work.x(), BATCH, LENGTH, WIDTH).to(DType.F64);
  }

  private static Map<String, Tensor> weights(Encoding work) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Encoding.Weights given : work.weights()) {
      weights.put(given.name(), Tensor.of(given.values(), given.shape()).to(DType.F64));
    }
    return weights;
  }

  private static Tensor layer(Tensor x, Map<String, Tensor> w) {
    Tensor[] qkv = linear(x, w, "self_attn.in_proj_weight", "self_attn.in_proj_bias").chunk(3, -1);
    Tensor joined =
        attend(heads(qkv[0]), heads(qkv[1]), heads(qkv[2]))
            .transpose(1, 2)
            .reshape(BATCH, LENGTH, WIDTH);
    Tensor out = linear(joined, w, "self_attn.out_proj.weight", "self_attn.out_proj.bias");
    Tensor y = norm(x.add(out), w, "norm1");
    Tensor inner = linear(y, w, "linear1.weight", "linear1.bias").relu();
    return norm(y.add(linear(inner, w, "linear2.weight", "linear2.bias")), w, "norm2");
  }

  private static Tensor heads(Tensor x) {
    return x.reshape(BATCH, LENGTH, HEADS, WIDTH / HEADS).transpose(1, 2);
  }

  private static Tensor attend(Tensor q, Tensor k, Tensor v) {
    double scale = 1 / Math.sqrt((double) q.size(-1));
    return q.matmul(k.transpose(-2, -1)).mul(scale).softmax(-1).matmul(v);
  }

  private static Tensor linear(Tensor x, Map<String, Tensor> w, String weight, String bias) {
    return x.matmul(get(w, weight).t()).add(get(w, bias));
  }

  private static Tensor norm(Tensor x, Map<String, Tensor> w, String name) {
    int[] last = {-1};
    Tensor centered = x.sub(x.mean(last, true));
    Tensor scale = centered.square().mean(last, true).add(EPS).sqrt();
    return centered.div(scale).mul(get(w, name + ".weight")).add(get(w, name + ".bias"));
  }

  private static Tensor get(Map<String, Tensor> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}

package dev.gatun.bench.peers.javacpp;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import dev.gatun.bench.compare.Encoding;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The parts of [Encoding] in libtorch; the layer of the operations that PyTorch 2's is made of.
final class TorchEncodings {
  private static final long[] NORMALIZED = {Encoding.WIDTH};
  private static final double EPS = 1e-5;

  private TorchEncodings() {}

  static Map<String, Tensor> parameters(Encoding work) {
    Map<String, Tensor> parameters = new HashMap<>();
    for (Encoding.Weights weights : work.weights()) {
      parameters.put(
          weights.name(), TorchPeer.tensor(weights.values(), ScalarType.Float, weights.shape()));
    }
    return parameters;
  }

  static Supplier<Tensor> output(Encoding work, Map<String, Tensor> parameters) {
    if (work.part() == Encoding.Part.ATTENTION) {
      Tensor query = heads(work, 0);
      Tensor key = heads(work, 1);
      Tensor value = heads(work, 2);
      return () -> scaled_dot_product_attention(query, key, value);
    }
    Tensor x =
        TorchPeer.tensor(
            work.x(), ScalarType.Float, Encoding.BATCH, Encoding.LENGTH, Encoding.WIDTH);
    return work.part() == Encoding.Part.NORM
        ? () -> norm(x, parameters, "norm1")
        : () -> layer(x, parameters);
  }

  private static Tensor heads(Encoding work, int which) {
    return TorchPeer.tensor(
        work.heads(which),
        ScalarType.Float,
        Encoding.SEQUENCES,
        Encoding.HEADS,
        Encoding.POSITIONS,
        Encoding.HEAD);
  }

  private static Tensor layer(Tensor x, Map<String, Tensor> p) {
    Tensor all = linear(x, p.get("self_attn.in_proj_weight"), p.get("self_attn.in_proj_bias"));
    TensorVector qkv = all.chunk(3, -1);
    Tensor joined =
        scaled_dot_product_attention(heads(qkv.get(0)), heads(qkv.get(1)), heads(qkv.get(2)))
            .transpose(1, 2)
            .reshape(Encoding.BATCH, Encoding.LENGTH, Encoding.WIDTH);
    Tensor out =
        linear(joined, p.get("self_attn.out_proj.weight"), p.get("self_attn.out_proj.bias"));
    Tensor y = norm(x.add(out), p, "norm1");
    Tensor inner = relu(linear(y, p.get("linear1.weight"), p.get("linear1.bias")));
    return norm(y.add(linear(inner, p.get("linear2.weight"), p.get("linear2.bias"))), p, "norm2");
  }

  private static Tensor heads(Tensor x) {
    return x.view(
            Encoding.BATCH, Encoding.LENGTH, Encoding.HEADS, Encoding.WIDTH / Encoding.HEADS)
        .transpose(1, 2);
  }

  private static Tensor norm(Tensor x, Map<String, Tensor> p, String name) {
    TensorOptional weight = new TensorOptional(p.get(name + ".weight"));
    TensorOptional bias = new TensorOptional(p.get(name + ".bias"));
    return layer_norm(x, NORMALIZED, weight, bias, EPS, true);
  }
}

package dev.gatun.bench.compare;

import dev.gatun.memory.Scope;
import dev.gatun.nn.LayerNorm;
import dev.gatun.nn.Module;
import dev.gatun.nn.TransformerEncoderLayer;
import dev.gatun.nn.TransformerOptions;
import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// The parts of [Encoding] as a user of Gatun writes them.
final class GatunEncodings {
  private GatunEncodings() {}

  static Module module(Encoding work) {
    return switch (work.part()) {
      case LAYER, TRAINING -> layer(work);
      case NORM -> norm(work);
      case ATTENTION -> attention(work);
    };
  }

  static Tensor input(Encoding work) {
    return work.part() == Encoding.Part.ATTENTION
        ? heads(work, 0)
        : Tensor.of(work.x(), Encoding.BATCH, Encoding.LENGTH, Encoding.WIDTH);
  }

  private static Module layer(Encoding work) {
    TransformerEncoderLayer layer =
        new TransformerEncoderLayer(
            TransformerOptions.of(Encoding.WIDTH, Encoding.HEADS)
                .dimFeedforward(Encoding.INNER)
                .dropout(0)
                .batchFirst(true));
    load(layer, work, "");
    layer.train(work.training());
    return layer;
  }

  private static Module norm(Encoding work) {
    LayerNorm layer = new LayerNorm(Encoding.WIDTH);
    load(layer, work, "norm1.");
    return layer;
  }

  private static void load(Module module, Encoding work, String prefix) {
    try (var _ = Scope.open()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      for (Encoding.Weights weights : work.weights()) {
        String name = weights.name().substring(prefix.length());
        state.put(name, Tensor.of(weights.values(), weights.shape()));
      }
      module.loadStateDict(state);
    }
  }

  private static Module attention(Encoding work) {
    Tensor key = heads(work, 1);
    Tensor value = heads(work, 2);
    return new Module() {
      @Override
      public Tensor forward(Tensor query) {
        return query.scaledDotProductAttention(key, value);
      }
    };
  }

  private static Tensor heads(Encoding work, int which) {
    return Tensor.of(
        work.heads(which), Encoding.SEQUENCES, Encoding.HEADS, Encoding.POSITIONS, Encoding.HEAD);
  }
}

package dev.gatun.bench;

import dev.gatun.bench.compare.Network;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/// Copies of models.
final class Models {
  private Models() {}

  /// Copies the parameters, which must come as weight and bias in turns.
  static ReferenceMlp reference(Sequential model) {
    List<Parameter> parameters = model.parameters();
    List<Network.Layer> layers = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i += 2) {
      Parameter weight = parameters.get(i);
      layers.add(
          new Network.Layer(
              (int) weight.size(1),
              (int) weight.size(0),
              weight.toFloatArray(),
              parameters.get(i + 1).toFloatArray()));
    }
    return ReferenceMlp.of(layers);
  }
}

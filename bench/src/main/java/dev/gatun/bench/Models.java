package dev.gatun.bench;

import dev.gatun.bench.compare.Network;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Copies of models.
public final class Models {
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

  /// A model with a network's parameters.
  ///
  /// @param network to copy
  /// @return to be closed
  public static Sequential sequential(Network network) {
    Generator generator = Generator.seeded(1);
    List<Module> modules = new ArrayList<>();
    for (Network.Layer layer : network.layers()) {
      if (!modules.isEmpty()) {
        modules.add(new ReLU());
      }
      Linear linear = new Linear(layer.in(), layer.out(), generator);
      try (var _ = Scope.open();
          var _ = NoGrad.open()) {
        linear.weight().copy_(Tensor.of(layer.weight(), layer.out(), layer.in()));
        Objects.requireNonNull(linear.bias()).copy_(Tensor.of(layer.bias(), layer.out()));
      }
      modules.add(linear);
    }
    return new Sequential(modules.toArray(Module[]::new));
  }
}

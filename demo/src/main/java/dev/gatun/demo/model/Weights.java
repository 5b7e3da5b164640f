package dev.gatun.demo.model;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The numbers of a network that was read from a file, for another library to compute with.
///
/// @param shape how the network is built
/// @param layers from the input to the output; the activation follows each but the last
public record Weights(MlpShape shape, List<Layer> layers) {

  /// A linear layer: `y = weight x + bias`.
  ///
  /// @param in features of `x`
  /// @param out features of `y`
  /// @param weight `[out, in]`, row by row
  /// @param bias `[out]`
  @SuppressWarnings("ArrayRecordComponent") // handed over, not kept
  public record Layer(int in, int out, float[] weight, float[] bias) {}

  /// Reads a network.
  ///
  /// @param file what [ModelFile#save] wrote
  /// @return its numbers
  /// @throws IOException as [ModelFile#load]
  public static Weights read(Path file) throws IOException {
    try (var _ = Scope.open("weights");
        ModelFile.Loaded model = ModelFile.load(file)) {
      List<Layer> layers = new ArrayList<>();
      for (Module module : model.network().children()) {
        if (module instanceof Linear linear) {
          int at = layers.size();
          layers.add(
              new Layer(
                  model.shape().sizes().get(at),
                  model.shape().sizes().get(at + 1),
                  linear.weight().toFloatArray(),
                  Objects.requireNonNull(linear.bias()).toFloatArray()));
        }
      }
      return new Weights(model.shape(), List.copyOf(layers));
    }
  }
}

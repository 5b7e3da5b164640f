package dev.gatun.demo.model;

import dev.gatun.io.Safetensors;
import dev.gatun.nn.Init;
import dev.gatun.nn.Module;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A network in a safetensors file that says itself how it is built.
///
/// The weights are those of PyTorch's `Sequential`. The metadata holds `gatun.layers`, such as
/// `784,256,128,10`, and `gatun.activation`, one of `relu`, `sigmoid`, `tanh`. The network takes
/// pixels from 0 for paper to 1 for ink: whatever else training did to them is in its first layer.
public final class ModelFile {
  private static final String LAYERS = "gatun.layers";
  private static final String ACTIVATION = "gatun.activation";

  private ModelFile() {}

  /// A network that was read from a file.
  ///
  /// @param shape how it is built
  /// @param network the network, in evaluation mode; to be closed
  public record Loaded(MlpShape shape, Sequential network) implements AutoCloseable {
    @Override
    public void close() {
      network.close();
    }
  }

  /// Saves a network.
  ///
  /// @param file where to
  /// @param shape how the network is built
  /// @param network the network
  /// @throws IOException if the file cannot be written
  public static void save(Path file, MlpShape shape, Module network) throws IOException {
    String layers = shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(","));
    network.save(file, Map.of(LAYERS, layers, ACTIVATION, shape.activation().toString()));
  }

  /// Reads a network.
  ///
  /// @param file what [#save] wrote
  /// @return the network
  /// @throws IOException if the file cannot be read, or does not hold the network that it names
  public static Loaded load(Path file) throws IOException {
    MlpShape shape = shape(file, Safetensors.metadata(file));
    Map<String, Tensor> state = Safetensors.load(file);
    try {
      checkWeights(file, shape, state);
      Sequential network = Init.skip(() -> shape.build(Generator.seeded(0)));
      network.loadStateDict(state);
      network.eval();
      return new Loaded(shape, network);
    } catch (IllegalArgumentException e) {
      throw new IOException("model file is damaged: %s (%s)".formatted(file, e.getMessage()), e);
    } finally {
      state.values().forEach(Tensor::free);
    }
  }

  private static MlpShape shape(Path file, Map<String, String> metadata) throws IOException {
    String layers = metadata.get(LAYERS);
    String activation = metadata.get(ACTIVATION);
    if (layers == null || activation == null) {
      throw new IOException(
          "model file has no %s and %s in its metadata: %s (gatun train --out writes them)"
              .formatted(LAYERS, ACTIVATION, file));
    }
    try {
      List<Integer> sizes = Arrays.stream(layers.split(",", -1)).map(Integer::valueOf).toList();
      return new MlpShape(sizes, Activation.valueOf(activation.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "model file has bad metadata: %s (%s '%s', %s '%s')"
              .formatted(file, LAYERS, layers, ACTIVATION, activation),
          e);
    }
  }

  /// Before a network is built: its size is taken from a file that may be hostile.
  private static void checkWeights(Path file, MlpShape shape, Map<String, Tensor> state)
      throws IOException {
    for (int i = 1; i < shape.sizes().size(); i++) {
      String name = 2 * (i - 1) + ".weight";
      long[] expected = {shape.sizes().get(i), shape.sizes().get(i - 1)};
      Tensor weight = state.get(name);
      if (weight == null || !Arrays.equals(weight.shape(), expected)) {
        throw new IOException(
            "model file does not hold its layers: %s (%s is %s, %s says [%d,%d])"
                .formatted(
                    file,
                    name,
                    weight == null ? "missing" : weight.describe(),
                    LAYERS,
                    expected[0],
                    expected[1]));
      }
    }
  }
}

package dev.gatun.demo.model;

import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The shape of a multilayer perceptron.
///
/// @param sizes features of the input, of each hidden layer, and of the output
/// @param activation what follows each hidden layer
public record MlpShape(List<Integer> sizes, Activation activation) {

  /// Checks the sizes.
  public MlpShape {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("mlp: needs two or more positive sizes, got " + sizes);
    }
  }

  /// Puts the sizes together.
  ///
  /// @param inputs features of the input
  /// @param hidden features of each hidden layer
  /// @param outputs features of the output
  /// @param activation what follows each hidden layer
  /// @return the shape
  public static MlpShape of(int inputs, List<Integer> hidden, int outputs, Activation activation) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.addFirst(inputs);
    sizes.add(outputs);
    return new MlpShape(sizes, activation);
  }

  /// Makes a network of this shape. Its parameters are named as PyTorch names those of a
  /// `Sequential`: `0.weight`, `0.bias`, `2.weight`, …
  ///
  /// @param generator where the parameters are drawn from
  /// @return a new network
  public Sequential build(Generator generator) {
    List<Module> layers = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      if (i > 1) {
        layers.add(activation.layer());
      }
      layers.add(new Linear(sizes.get(i - 1), sizes.get(i), generator));
    }
    return new Sequential(layers.toArray(Module[]::new));
  }

  /// {@return features of the input}
  public int inputs() {
    return sizes.getFirst();
  }

  /// {@return features of the output}
  public int outputs() {
    return sizes.getLast();
  }

  /// {@return such as `784-256-128-10 relu`}
  @Override
  public String toString() {
    return sizes.stream().map(size -> "" + size).collect(Collectors.joining("-"))
        + " "
        + activation;
  }
}

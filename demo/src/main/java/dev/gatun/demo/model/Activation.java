package dev.gatun.demo.model;

import dev.gatun.nn.Module;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sigmoid;
import dev.gatun.nn.Tanh;
import java.util.Locale;
import java.util.function.Supplier;

/// What stands between two linear layers.
public enum Activation {
  /// `max(0, x)`.
  RELU(ReLU::new),
  /// `1 / (1 + exp(-x))`.
  SIGMOID(Sigmoid::new),
  /// The hyperbolic tangent.
  TANH(Tanh::new);

  private final Supplier<Module> maker;

  Activation(Supplier<Module> maker) {
    this.maker = maker;
  }

  /// {@return a new layer}
  Module layer() {
    return maker.get();
  }

  /// In lower case, as model files and the command line spell it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

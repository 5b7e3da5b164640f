package dev.gatun.demo;

import dev.gatun.nn.Parameter;
import dev.gatun.nn.optim.Adam;
import dev.gatun.nn.optim.AdamW;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose how a network learns.
final class OptimizerOptions {
  private static final double DEFAULT_MOMENTUM = 0.9;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, adam or adamw; ${DEFAULT-VALUE} unless given.")
  private Kind kind = Kind.SGD;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = {
        "Learning rate of the first epoch, from where it falls in equal steps towards 0;",
        "0.05 for sgd, 0.002 for adam and adamw unless given."
      })
  private @Nullable Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "Momentum of sgd; 0.9 unless given.")
  private @Nullable Double momentum;

  OptimizerOptions() {}

  /// How parameters follow their gradients.
  enum Kind {
    SGD(0.05),
    ADAM(0.002),
    ADAMW(0.002);

    private final double learningRate;

    Kind(double learningRate) {
      this.learningRate = learningRate;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @throws IllegalArgumentException if a number is out of its range
  void check() {
    double rate = learningRate();
    if (!(rate > 0 && rate <= 1e3)) {
      throw new IllegalArgumentException("--lr must be above 0 and at most 1000, got " + rate);
    }
    if (momentum == null) {
      return;
    }
    if (kind != Kind.SGD) {
      throw new IllegalArgumentException("--momentum is for sgd; %s has none".formatted(kind));
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "--momentum must be 0 or more and below 1, got " + momentum);
    }
  }

  Optimizer create(List<Parameter> parameters) {
    return switch (kind) {
      case SGD -> new SGD(parameters, learningRate(), momentum());
      case ADAM -> new Adam(parameters, learningRate());
      case ADAMW -> new AdamW(parameters, learningRate());
    };
  }

  private double learningRate() {
    return learningRate == null ? kind.learningRate : learningRate;
  }

  private double momentum() {
    return momentum == null ? DEFAULT_MOMENTUM : momentum;
  }

  /// Such as `sgd, learning rate 0.05, momentum 0.9`.
  @Override
  public String toString() {
    String text = kind + ", learning rate " + learningRate();
    return kind == Kind.SGD ? text + ", momentum " + momentum() : text;
  }
}

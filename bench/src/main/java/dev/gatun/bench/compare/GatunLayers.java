package dev.gatun.bench.compare;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Embedding;
import dev.gatun.nn.EmbeddingOptions;
import dev.gatun.nn.F;
import dev.gatun.nn.LSTM;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/// The layers of [Layer] as a user of Gatun writes them.
final class GatunLayers {
  private GatunLayers() {}

  /// @param operands what belongs to the task, closed with it
  static Task of(Scope operands, Layer workload) {
    return switch (workload) {
      case Recurrence work -> lstm(operands, work);
      case Lookup work -> embedding(operands, work);
      case Correlation work ->
          new Forward(operands, GatunConvolutions.of(work), GatunConvolutions.images(work));
      case LeNet work -> leNet(operands, work);
      case Encoding work -> encoding(operands, work);
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static Task encoding(Scope operands, Encoding work) {
    Module layer = GatunEncodings.module(work);
    Tensor x = GatunEncodings.input(work);
    return work.training()
        ? new Step(operands, layer, Encoding.LR, () -> layer.forward(x).square().mean())
        : new Forward(operands, layer, x);
  }

  private static Task lstm(Scope operands, Recurrence work) {
    long gates = 4L * Recurrence.HIDDEN;
    LSTM layer = new LSTM(Recurrence.INPUTS, Recurrence.HIDDEN);
    try (var _ = Scope.open()) {
      layer.loadStateDict(
          Map.of(
              "weight_ih_l0", Tensor.of(work.inputWeights(), gates, Recurrence.INPUTS),
              "weight_hh_l0", Tensor.of(work.hiddenWeights(), gates, Recurrence.HIDDEN),
              "bias_ih_l0", Tensor.of(work.inputBias(), gates),
              "bias_hh_l0", Tensor.of(work.hiddenBias(), gates)));
    }
    Tensor x = Tensor.of(work.x(), Recurrence.STEPS, Recurrence.BATCH, Recurrence.INPUTS);
    return work.training()
        ? new Step(operands, layer, Recurrence.LR, () -> layer.forward(x).square().mean())
        : new Forward(operands, layer, x);
  }

  private static Task embedding(Scope operands, Lookup work) {
    Embedding layer;
    try (var _ = Scope.open()) {
      Parameter table = new Parameter(Tensor.of(work.table(), Lookup.WORDS, Lookup.WIDTH));
      EmbeddingOptions options = EmbeddingOptions.of(Lookup.WORDS, Lookup.WIDTH);
      layer = Embedding.fromPretrained(table, options, false);
    }
    Tensor index = Tensor.of(work.index(), Lookup.BATCH, Lookup.LENGTH);
    return work.training()
        ? new Step(operands, layer, Lookup.LR, () -> layer.forward(index).square().sum().mul(0.5))
        : new Forward(operands, layer, index);
  }

  private static Task leNet(Scope operands, LeNet work) {
    Module model = GatunConvolutions.of(work);
    Tensor x = GatunConvolutions.images(work);
    Tensor labels = Tensor.of(work.labels(), LeNet.BATCH);
    return new Step(operands, model, LeNet.LR, () -> F.crossEntropy(model.forward(x), labels));
  }

  /// The output, nothing recorded.
  private record Forward(Scope operands, Module layer, Tensor x) implements Task {
    @Override
    public Object run() {
      try (var _ = Scope.open();
          var _ = NoGrad.open()) {
        return layer.forward(x);
      }
    }

    @Override
    public double[] result() {
      try (var _ = Scope.open();
          var _ = NoGrad.open()) {
        return layer.forward(x).to(DType.F64).toDoubleArray();
      }
    }

    @Override
    public void close() {
      layer.close();
      operands.close();
    }
  }

  /// A step of training.
  private static final class Step implements Task {
    private final Scope operands;
    private final Module layer;
    private final Optimizer optimizer;
    private final Supplier<Tensor> loss;

    Step(Scope operands, Module layer, double lr, Supplier<Tensor> loss) {
      this.operands = operands;
      this.layer = layer;
      this.loss = loss;
      optimizer = new SGD(layer.parameters(), lr);
    }

    @Override
    public Object run() {
      return step();
    }

    private double step() {
      try (var _ = Scope.open()) {
        optimizer.zeroGrad();
        Tensor value = loss.get();
        value.backward();
        optimizer.step();
        return value.item();
      }
    }

    @Override
    public double[] result() {
      double[] losses = new double[Training.CHECKED_STEPS];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = step();
      }
      return losses;
    }

    @Override
    public void close() {
      optimizer.close();
      layer.close();
      operands.close();
    }
  }
}

package dev.gatun.bench.peers.javacpp;

import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.gatun.bench.compare.Correlation;
import dev.gatun.bench.compare.Encoding;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.LeNet;
import dev.gatun.bench.compare.Lookup;
import dev.gatun.bench.compare.Recurrence;
import dev.gatun.bench.compare.Task;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The layers of [Layer] in libtorch.
final class TorchLayers {
  private TorchLayers() {}

  static Task of(Layer workload) {
    return switch (workload) {
      case Recurrence work -> recurrence(work);
      case Lookup work -> lookup(work);
      case Correlation work -> TorchPeer.withoutGradients(TorchConvolutions.of(work));
      case LeNet work -> leNet(work);
      case Encoding work -> encoding(work);
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private static Task encoding(Encoding work) {
    Map<String, Tensor> parameters = TorchEncodings.parameters(work);
    Supplier<Tensor> output = TorchEncodings.output(work, parameters);
    if (!work.training()) {
      return TorchPeer.withoutGradients(output);
    }
    TensorVector all = new TensorVector(parameters.values().toArray(Tensor[]::new));
    return step(all, Encoding.LR, () -> output.get().square().mean());
  }

  private static Task recurrence(Recurrence work) {
    long gates = 4L * Recurrence.HIDDEN;
    Tensor[] parameters = {
      TorchPeer.tensor(work.inputWeights(), ScalarType.Float, gates, Recurrence.INPUTS),
      TorchPeer.tensor(work.hiddenWeights(), ScalarType.Float, gates, Recurrence.HIDDEN),
      TorchPeer.tensor(work.inputBias(), ScalarType.Float, gates),
      TorchPeer.tensor(work.hiddenBias(), ScalarType.Float, gates)
    };
    Tensor x =
        TorchPeer.tensor(
            work.x(), ScalarType.Float, Recurrence.STEPS, Recurrence.BATCH, Recurrence.INPUTS);
    boolean training = work.training();
    TensorVector weights = new TensorVector(parameters);
    Tensor state = zeros(1, Recurrence.BATCH, Recurrence.HIDDEN);
    TensorVector states = new TensorVector(state, state);
    Supplier<Tensor> output =
        () -> lstm(x, states, weights, true, 1, 0, training, false, false).get0();
    if (!training) {
      return TorchPeer.withoutGradients(output);
    }
    return step(weights, Recurrence.LR, () -> output.get().square().mean());
  }

  private static Task lookup(Lookup work) {
    Tensor table =
        TorchPeer.tensor(work.table(), ScalarType.Float, Lookup.WORDS, Lookup.WIDTH);
    Tensor index = TorchPeer.tensor(work.index(), Lookup.BATCH, Lookup.LENGTH);
    Supplier<Tensor> rows = () -> embedding(table, index);
    if (!work.training()) {
      return TorchPeer.withoutGradients(rows);
    }
    Scalar half = new Scalar(0.5f);
    return step(
        new TensorVector(table), Lookup.LR, () -> rows.get().square().sum().mul(half));
  }

  private static Task leNet(LeNet work) {
    TensorVector parameters = TorchConvolutions.parameters(work);
    return step(parameters, LeNet.LR, TorchConvolutions.loss(work, parameters));
  }

  /// A step of plain gradient descent.
  private static Task step(TensorVector parameters, double lr, Supplier<Tensor> loss) {
    for (long i = 0; i < parameters.size(); i++) {
      parameters.get(i).set_requires_grad(true);
    }
    SGD optimizer = new SGD(parameters, new SGDOptions(lr));
    return Task.training(
        () -> {
          try (PointerScope _ = new PointerScope()) {
            optimizer.zero_grad();
            Tensor value = loss.get();
            value.backward();
            optimizer.step();
            return (double) value.item_float();
          }
        });
  }
}

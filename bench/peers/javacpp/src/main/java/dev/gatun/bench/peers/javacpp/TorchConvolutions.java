package dev.gatun.bench.peers.javacpp;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.sigmoid;

import dev.gatun.bench.compare.Correlation;
import dev.gatun.bench.compare.LeNet;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The networks of [Correlation] and [LeNet] in libtorch.
final class TorchConvolutions {
  private static final long[] ONE = {1, 1};

  private TorchConvolutions() {}

  static Supplier<Tensor> of(Correlation work) {
    long side = work.side();
    long kernel = Correlation.KERNEL;
    Tensor x =
        TorchPeer.tensor(work.x(), ScalarType.Float, work.images(), work.channels(), side, side);
    Tensor weight =
        TorchPeer.tensor(
            work.weight(), ScalarType.Float, Correlation.FILTERS, work.channels(), kernel, kernel);
    TensorOptional bias =
        new TensorOptional(
            TorchPeer.tensor(work.bias(), ScalarType.Float, Correlation.FILTERS));
    return () -> conv2d(x, weight, bias, ONE, ONE, ONE, 1);
  }

  static TensorVector parameters(LeNet work) {
    Tensor[] parameters = new Tensor[2 * LeNet.layers()];
    for (int i = 0; i < LeNet.layers(); i++) {
      long[] shape = LeNet.shape(i);
      parameters[2 * i] = TorchPeer.tensor(work.weight(i), ScalarType.Float, shape);
      parameters[2 * i + 1] = TorchPeer.tensor(work.bias(i), ScalarType.Float, shape[0]);
    }
    return new TensorVector(parameters);
  }

  static Supplier<Tensor> loss(LeNet work, TensorVector p) {
    Tensor x =
        TorchPeer.tensor(work.x(), ScalarType.Float, LeNet.BATCH, 1, LeNet.SIDE, LeNet.SIDE);
    Tensor labels = TorchPeer.tensor(work.labels(), LeNet.BATCH);
    return () -> {
      Tensor y = block(x, p.get(0), p.get(1), LeNet.PADDING);
      y = block(y, p.get(2), p.get(3), 0).flatten(1, -1);
      y = sigmoid(linear(y, p.get(4), new TensorOptional(p.get(5))));
      y = sigmoid(linear(y, p.get(6), new TensorOptional(p.get(7))));
      y = linear(y, p.get(8), new TensorOptional(p.get(9)));
      return cross_entropy_loss(y, labels);
    };
  }

  private static Tensor block(Tensor x, Tensor weight, Tensor bias, long padding) {
    long[] paddings = {padding, padding};
    Tensor y = conv2d(x, weight, new TensorOptional(bias), ONE, paddings, ONE, 1);
    return avg_pool2d(sigmoid(y), 2, 2);
  }
}

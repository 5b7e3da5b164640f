package dev.gatun.bench.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.gatun.bench.compare.Peer;
import dev.gatun.demo.model.Weights;
import dev.gatun.demo.oip.Signature;
import dev.gatun.demo.serve.Engine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A network that `gatun train` saved, as DJL's arrays. They are called as they are, without a
/// `Predictor`, which is for one thread at a time and puts more around the same calls. The server's
/// rows are read where they are.
final class DjlEngine implements Engine {
  private final DjlPeer peer = new DjlPeer();
  private final NDManager manager = NDManager.newBaseManager();
  private final List<NDArray> parameters = new ArrayList<>();
  private final Weights weights;
  private final Signature signature;

  private DjlEngine(Weights weights) {
    this.weights = weights;
    signature = new Signature(weights.shape().inputs(), weights.shape().outputs());
    for (Weights.Layer layer : weights.layers()) {
      parameters.add(manager.create(layer.weight(), new Shape(layer.out(), layer.in())));
      parameters.add(manager.create(layer.bias(), new Shape(layer.out())));
    }
  }

  static DjlEngine load(Path file, int rows) throws IOException {
    return new DjlEngine(Weights.read(file));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public String platform() {
    return "pytorch_djl";
  }

  @Override
  public String description() {
    return "%s, %s, threads: %d".formatted(weights.shape(), peer.version(), Peer.threads());
  }

  @Override
  public void run(MemorySegment rows, int count, MemorySegment scores) {
    try (NDManager step = manager.newSubManager()) {
      NDArray y =
          step.create(
              rows.asByteBuffer().order(ByteOrder.nativeOrder()),
              new Shape(count, signature.features()),
              DataType.FLOAT32);
      // Results belong to the manager of the input.
      for (int i = 0; i < parameters.size(); i += 2) {
        y = Linear.linear(y, parameters.get(i), parameters.get(i + 1)).singletonOrThrow();
        y = i + 2 < parameters.size() ? activate(y) : y;
      }
      float[] values = y.toFloatArray();
      MemorySegment.copy(values, 0, scores, ValueLayout.JAVA_FLOAT, 0, values.length);
    }
  }

  private NDArray activate(NDArray x) {
    return switch (weights.shape().activation()) {
      case RELU -> Activation.relu(x);
      case SIGMOID -> Activation.sigmoid(x);
      case TANH -> Activation.tanh(x);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}

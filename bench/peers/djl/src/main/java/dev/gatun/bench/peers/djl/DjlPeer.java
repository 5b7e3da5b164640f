package dev.gatun.bench.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gatun.bench.compare.Correlation;
import dev.gatun.bench.compare.Family;
import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.LeNet;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Training;
import dev.gatun.bench.compare.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// PyTorch through DJL's arrays; what a repetition allocates is freed at its end.
public final class DjlPeer implements Peer {
  private final NDManager manager;

  /// Sets the threads, which libtorch reads once, and looks for nothing on the network.
  public DjlPeer() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(Peer.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    manager = NDManager.newBaseManager();
  }

  @Override
  public String version() {
    Engine engine = Engine.getInstance();
    return "DJL "
        + Engine.getDjlVersion()
        + ", "
        + engine.getEngineName()
        + ' '
        + engine.getVersion();
  }

  @Override
  public boolean supports(Workload workload) {
    return switch (workload) {
      case Family _ -> false;
      case Layer layer -> layer instanceof Correlation || layer instanceof LeNet;
      default -> true;
    };
  }

  @Override
  public Task prepare(Workload workload) {
    return switch (workload) {
      case Gemm gemm -> {
        DataType type = gemm.doubles() ? DataType.FLOAT64 : DataType.FLOAT32;
        NDArray a = array(gemm.a(), gemm.m(), gemm.k()).toType(type, false);
        NDArray b = array(gemm.b(), gemm.k(), gemm.n()).toType(type, false);
        yield task(() -> a.matMul(b));
      }
      case Pointwise pointwise -> pointwise(pointwise);
      case TinyAdd tiny -> tiny(tiny);
      case Correlation work -> task(new DjlConvolutions(manager).of(work));
      case LeNet work -> new DjlConvolutions(manager).of(work);
      case Family _, Layer _ -> throw new IllegalArgumentException(workload.name());
      case Inference inference -> inference(inference);
      case Training training -> training(training);
    };
  }

  private Task pointwise(Pointwise workload) {
    NDArray a = array(workload.a(), Pointwise.SIDE, Pointwise.SIDE);
    NDArray b = array(workload.b(), Pointwise.SIDE, Pointwise.SIDE);
    return switch (workload.operation()) {
      case ADD -> task(() -> a.add(b));
      case ADD_INTO -> Task.of(() -> a.addi(b), DjlPeer::values);
      case RELU -> task(() -> Activation.relu(a));
      case TANH -> task(a::tanh);
      case SIGMOID -> task(() -> Activation.sigmoid(a));
      case EXP -> task(a::exp);
      case SOFTMAX -> task(() -> a.softmax(1));
      case SUM -> task(a::sum);
    };
  }

  private Task tiny(TinyAdd workload) {
    NDArray a = array(workload.a(), 2, 2);
    NDArray b = array(workload.b(), 2, 2);
    Supplier<NDArray> chain =
        () -> {
          NDArray sum = a.add(b);
          for (int i = 1; i < workload.repeats(); i++) {
            NDArray next = sum.add(b);
            sum.close();
            sum = next;
          }
          return sum;
        };
    if (!workload.recorded()) {
      return task(chain);
    }
    b.setRequiresGradient(true);
    return task(() -> {
      try (GradientCollector _ = Engine.getInstance().newGradientCollector()) {
        return chain.get();
      }
    });
  }

  private Task inference(Inference workload) {
    Network network = workload.network();
    NDArray x = array(workload.x(), workload.batch(), network.inputs());
    List<NDArray> parameters = parameters(network);
    return task(() -> {
      try (NDManager step = manager.newSubManager()) {
        x.attach(step);
        NDArray y = forward(x, parameters);
        y.attach(manager);
        x.attach(manager);
        return y;
      }
    });
  }

  /// Results belong to the manager of the input.
  private static NDArray forward(NDArray x, List<NDArray> parameters) {
    NDArray y = x;
    for (int i = 0; i < parameters.size(); i += 2) {
      y = Linear.linear(y, parameters.get(i), parameters.get(i + 1)).singletonOrThrow();
      if (i + 2 < parameters.size()) {
        y = Activation.relu(y);
      }
    }
    return y;
  }

  private Task training(Training workload) {
    Network network = workload.network();
    NDArray x = array(workload.x(), workload.batch(), network.inputs());
    NDArray labels = manager.create(workload.labels());
    List<NDArray> parameters = parameters(network);
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    Tracker rate = Tracker.fixed((float) workload.lr());
    Optimizer optimizer =
        workload.adam()
            ? Optimizer.adam().optLearningRateTracker(rate).build()
            : Optimizer.sgd().setLearningRateTracker(rate).build();
    Loss criterion = new SoftmaxCrossEntropyLoss();
    return Task.training(() -> {
      try (NDManager step = manager.newSubManager();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        x.attach(step);
        NDArray loss = criterion.evaluate(new NDList(labels), new NDList(forward(x, parameters)));
        x.attach(manager);
        collector.backward(loss);
        for (int i = 0; i < parameters.size(); i++) {
          NDArray gradient = parameters.get(i).getGradient();
          optimizer.update(Integer.toString(i), parameters.get(i), gradient);
          gradient.close();
        }
        collector.zeroGradients();
        return (double) loss.getFloat();
      }
    });
  }

  private List<NDArray> parameters(Network network) {
    List<NDArray> parameters = new ArrayList<>();
    for (Network.Layer layer : network.layers()) {
      parameters.add(array(layer.weight(), layer.out(), layer.in()));
      parameters.add(array(layer.bias(), layer.out()));
    }
    return parameters;
  }

  private NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private static Task task(Supplier<NDArray> work) {
    return Task.of(
        work::get,
        DjlPeer::values,
        array -> {
          array.close();
          return array;
        });
  }

  private static double[] values(NDArray array) {
    return array.getDataType() == DataType.FLOAT64
        ? array.toDoubleArray()
        : Inputs.doubles(array.toFloatArray());
  }
}

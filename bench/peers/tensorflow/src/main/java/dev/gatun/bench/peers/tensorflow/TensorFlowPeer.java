package dev.gatun.bench.peers.tensorflow;

import dev.gatun.bench.compare.Family;
import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Training;
import dev.gatun.bench.compare.Workload;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/// TensorFlow: each workload is a graph of its own, fed with tensors that were made before.
public final class TensorFlowPeer implements Peer {
  /// Is found by its name.
  public TensorFlowPeer() {}

  @Override
  public String version() {
    return TensorFlow.version();
  }

  @Override
  public boolean supports(Workload workload) {
    return switch (workload) {
      case Pointwise pointwise -> pointwise.operation() != Pointwise.Operation.ADD_INTO;
      case TinyAdd tiny -> !tiny.recorded();
      case Family _, Layer _ -> false;
      default -> true;
    };
  }

  @Override
  public Task prepare(Workload workload) {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    return switch (workload) {
      case Gemm gemm ->
          gemm.doubles()
              ? gemm(graph, tf, gemm, TFloat64.class)
              : gemm(graph, tf, gemm, TFloat32.class);
      case Pointwise pointwise -> pointwise(graph, tf, pointwise);
      case TinyAdd tiny -> tiny(graph, tf, tiny);
      case Family _, Layer _ -> throw new IllegalArgumentException(workload.name());
      case Inference inference -> {
        Network network = inference.network();
        Operand<TFloat32> x = placeholder(tf, inference.batch(), network.inputs());
        Operand<TFloat32> y = new Layers(tf, network, false).forward(x);
        Tensor samples = floats(inference.x(), inference.batch(), network.inputs());
        yield task(session(graph), y, Map.of(x, samples));
      }
      case Training training -> training(graph, tf, training);
    };
  }

  private static <T extends TNumber> Task gemm(Graph graph, Ops tf, Gemm gemm, Class<T> type) {
    Operand<T> a = tf.placeholder(type, Placeholder.shape(Shape.of(gemm.m(), gemm.k())));
    Operand<T> b = tf.placeholder(type, Placeholder.shape(Shape.of(gemm.k(), gemm.n())));
    Map<Operand<?>, Tensor> inputs = new HashMap<>();
    inputs.put(a, tensor(gemm.doubles(), gemm.a(), gemm.m(), gemm.k()));
    inputs.put(b, tensor(gemm.doubles(), gemm.b(), gemm.k(), gemm.n()));
    return task(session(graph), tf.linalg.matMul(a, b), inputs);
  }

  private static Task pointwise(Graph graph, Ops tf, Pointwise workload) {
    int side = Pointwise.SIDE;
    Operand<TFloat32> a = placeholder(tf, side, side);
    Map<Operand<?>, Tensor> inputs = new HashMap<>();
    inputs.put(a, floats(workload.a(), side, side));
    Operand<TFloat32> y =
        switch (workload.operation()) {
          case ADD -> {
            Operand<TFloat32> b = placeholder(tf, side, side);
            inputs.put(b, floats(workload.b(), side, side));
            yield tf.math.add(a, b);
          }
          case RELU -> tf.nn.relu(a);
          case TANH -> tf.math.tanh(a);
          case SIGMOID -> tf.math.sigmoid(a);
          case EXP -> tf.math.exp(a);
          case SOFTMAX -> tf.nn.softmax(a);
          case SUM -> tf.reduceSum(a, tf.constant(new int[] {0, 1}));
          case ADD_INTO -> throw new IllegalArgumentException(workload.name());
        };
    return task(session(graph), y, inputs);
  }

  private static Task tiny(Graph graph, Ops tf, TinyAdd workload) {
    Operand<TFloat32> a = placeholder(tf, 2, 2);
    Operand<TFloat32> b = placeholder(tf, 2, 2);
    Operand<TFloat32> y = tf.math.add(a, b);
    Session session = session(graph);
    Tensor first = floats(workload.a(), 2, 2);
    Tensor second = floats(workload.b(), 2, 2);
    return Task.of(
        () -> {
          Result last = session.runner().feed(a, first).feed(b, second).fetch(y).run();
          for (int i = 1; i < workload.repeats(); i++) {
            Result next = session.runner().feed(a, last.get(0)).feed(b, second).fetch(y).run();
            last.close();
            last = next;
          }
          return last;
        },
        result -> values(result.get(0)),
        TensorFlowPeer::close);
  }

  private static Task training(Graph graph, Ops tf, Training workload) {
    Network network = workload.network();
    Operand<TFloat32> x = placeholder(tf, workload.batch(), network.inputs());
    Operand<TFloat32> target = placeholder(tf, workload.batch(), network.outputs());
    Layers layers = new Layers(tf, network, true);
    Operand<TFloat32> loss = layers.loss(x, target);
    layers.minimize(loss, workload);
    Session session = session(graph);
    layers.initialize(session);
    Tensor samples = floats(workload.x(), workload.batch(), network.inputs());
    Tensor classes = floats(workload.oneHot(), workload.batch(), network.outputs());
    return Task.training(() -> {
      Session.Runner runner = session.runner().feed(x, samples).feed(target, classes);
      layers.updates().forEach(runner::addTarget);
      try (Result result = runner.fetch(loss).run()) {
        return (double) ((TFloat32) result.get(0)).getFloat();
      }
    });
  }

  private static Task task(Session session, Operand<?> output, Map<Operand<?>, Tensor> inputs) {
    return Task.of(
        () -> {
          Session.Runner runner = session.runner();
          inputs.forEach(runner::feed);
          return runner.fetch(output).run();
        },
        result -> values(result.get(0)),
        TensorFlowPeer::close);
  }

  private static Result close(Result result) {
    result.close();
    return result;
  }

  private static Session session(Graph graph) {
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(Peer.threads())
            .setInterOpParallelismThreads(1)
            .build());
  }

  private static Operand<TFloat32> placeholder(Ops tf, long... shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  private static Tensor floats(float[] values, long... shape) {
    return tensor(false, values, shape);
  }

  private static Tensor tensor(boolean doubles, float[] values, long... shape) {
    return doubles
        ? TFloat64.tensorOf(Shape.of(shape), DataBuffers.of(Inputs.doubles(values)))
        : TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values));
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[(int) tensor.shape().size()];
    if (tensor instanceof TFloat64 doubles) {
      doubles.copyTo(DataBuffers.of(values, false, false));
    } else {
      float[] floats = new float[values.length];
      ((TFloat32) tensor).copyTo(DataBuffers.of(floats, false, false));
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
    }
    return values;
  }
}

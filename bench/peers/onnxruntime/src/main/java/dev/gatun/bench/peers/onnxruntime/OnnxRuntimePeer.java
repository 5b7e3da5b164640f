package dev.gatun.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.bench.compare.Family;
import dev.gatun.bench.compare.Gemm;
import dev.gatun.bench.compare.Inference;
import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Peer;
import dev.gatun.bench.compare.Pointwise;
import dev.gatun.bench.compare.Task;
import dev.gatun.bench.compare.TinyAdd;
import dev.gatun.bench.compare.Training;
import dev.gatun.bench.compare.Workload;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;

/// ONNX Runtime: each workload is a model of its own, with inputs and outputs in direct buffers
/// that are bound once.
public final class OnnxRuntimePeer implements Peer {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  /// Is found by its name.
  public OnnxRuntimePeer() {}

  @Override
  public String version() {
    return environment.getVersion();
  }

  @Override
  public boolean supports(Workload workload) {
    return switch (workload) {
      case Gemm _, Pointwise _, Inference _ -> true;
      case TinyAdd tiny -> !tiny.recorded();
      case Layer layer -> OnnxLayers.supports(layer);
      case Family _, Training _ -> false;
    };
  }

  @Override
  public Task prepare(Workload workload) throws OrtException {
    return switch (workload) {
      case Gemm gemm -> gemm(gemm);
      case Pointwise pointwise -> pointwise(pointwise);
      case TinyAdd tiny -> tiny(tiny);
      case Inference inference -> inference(inference);
      case Layer layer -> new OnnxLayers(this).of(layer);
      case Family _, Training _ -> throw new IllegalArgumentException(workload.name());
    };
  }

  private Task gemm(Gemm gemm) throws OrtException {
    int type = gemm.doubles() ? Model.DOUBLE : Model.FLOAT;
    long m = gemm.m();
    long k = gemm.k();
    long n = gemm.n();
    Model model =
        new Model()
            .input("a", type, m, k)
            .input("b", type, k, n)
            .output("y", type, m, n)
            .node("MatMul", List.of("a", "b"), "y");
    Map<String, OnnxTensor> inputs =
        Map.of("a", tensor(gemm.a(), type, m, k), "b", tensor(gemm.b(), type, k, n));
    return bound(model, inputs, tensor(new float[gemm.m() * gemm.n()], type, m, n));
  }

  private Task pointwise(Pointwise workload) throws OrtException {
    long side = Pointwise.SIDE;
    Model model = new Model().input("a", Model.FLOAT, side, side);
    Map<String, OnnxTensor> one = Map.of("a", tensor(workload.a(), Model.FLOAT, side, side));
    if (workload.operation() == Pointwise.Operation.SUM) {
      model.node("ReduceSum", List.of("a"), "y", "keepdims", 0).output("y", Model.FLOAT);
      return bound(model, one, tensor(new float[1], Model.FLOAT));
    }
    model.output("y", Model.FLOAT, side, side);
    OnnxTensor result = tensor(new float[Pointwise.COUNT], Model.FLOAT, side, side);
    if (workload.operation().isBinary()) {
      model.input("b", Model.FLOAT, side, side).node("Add", List.of("a", "b"), "y");
      Map<String, OnnxTensor> two =
          Map.of("a", one.get("a"), "b", tensor(workload.b(), Model.FLOAT, side, side));
      return workload.operation() == Pointwise.Operation.ADD_INTO
          ? bound(model, two, result)
          : unbound(model, two);
    }
    String operator =
        switch (workload.operation()) {
          case RELU -> "Relu";
          case TANH -> "Tanh";
          case SIGMOID -> "Sigmoid";
          case EXP -> "Exp";
          case SOFTMAX -> "Softmax";
          default -> throw new IllegalArgumentException(workload.name());
        };
    return bound(model.node(operator, List.of("a"), "y"), one, result);
  }

  private Task tiny(TinyAdd workload) throws OrtException {
    Model model =
        new Model()
            .input("a", Model.FLOAT, 2, 2)
            .input("b", Model.FLOAT, 2, 2)
            .output("y", Model.FLOAT, 2, 2)
            .node("Add", List.of("a", "b"), "y");
    OrtSession session = session(model);
    OnnxTensor a = tensor(workload.a(), Model.FLOAT, 2, 2);
    OnnxTensor b = tensor(workload.b(), Model.FLOAT, 2, 2);
    return Task.of(
        () -> {
          OrtSession.Result last = session.run(Map.of("a", a, "b", b));
          for (int i = 1; i < workload.repeats(); i++) {
            OrtSession.Result next = session.run(Map.of("a", (OnnxTensor) last.get(0), "b", b));
            last.close();
            last = next;
          }
          return last;
        },
        result -> values((OnnxTensor) result.get(0)),
        result -> {
          result.close();
          return result;
        });
  }

  private Task inference(Inference workload) throws OrtException {
    long batch = workload.batch();
    Network network = workload.network();
    Model model = new Model().input("x0", Model.FLOAT, batch, network.inputs());
    int depth = network.layers().size();
    for (int i = 0; i < depth; i++) {
      Network.Layer layer = network.layers().get(i);
      model.constant("w" + i, layer.weight(), layer.out(), layer.in());
      model.constant("b" + i, layer.bias(), layer.out());
      String sum = i == depth - 1 ? "y" : "z" + i;
      model.node("Gemm", List.of("x" + i, "w" + i, "b" + i), sum, "transB", 1);
      if (i < depth - 1) {
        model.node("Relu", List.of(sum), "x" + (i + 1));
      }
    }
    model.output("y", Model.FLOAT, batch, network.outputs());
    OnnxTensor x = tensor(workload.x(), Model.FLOAT, batch, network.inputs());
    float[] zeros = new float[workload.batch() * network.outputs()];
    return bound(model, Map.of("x0", x), tensor(zeros, Model.FLOAT, batch, network.outputs()));
  }

  Task bound(Model model, Map<String, OnnxTensor> inputs, OnnxTensor output)
      throws OrtException {
    OrtSession session = session(model);
    Map<String, OnnxTensor> outputs = Map.of("y", output);
    return Task.of(
        () -> {
          session.run(inputs, outputs).close();
          return output;
        },
        OnnxRuntimePeer::values);
  }

  private Task unbound(Model model, Map<String, OnnxTensor> inputs) throws OrtException {
    OrtSession session = session(model);
    return Task.of(
        () -> session.run(inputs),
        result -> values((OnnxTensor) result.get(0)),
        result -> {
          result.close();
          return result;
        });
  }

  private OrtSession session(Model model) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(Peer.threads());
    options.setInterOpNumThreads(1);
    return environment.createSession(model.toByteArray(), options);
  }

  OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
    LongBuffer longs = bytes.asLongBuffer();
    longs.put(values).flip();
    return OnnxTensor.createTensor(environment, longs, shape);
  }

  OnnxTensor tensor(float[] values, int type, long... shape) throws OrtException {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Double.BYTES).order(ByteOrder.nativeOrder());
    if (type == Model.DOUBLE) {
      DoubleBuffer doubles = bytes.asDoubleBuffer();
      doubles.put(Inputs.doubles(values)).flip();
      return OnnxTensor.createTensor(environment, doubles, shape);
    }
    FloatBuffer floats = bytes.asFloatBuffer();
    floats.put(values).flip();
    return OnnxTensor.createTensor(environment, floats, shape);
  }

  private static double[] values(OnnxTensor tensor) {
    Buffer buffer =
        tensor.getInfo().type == OnnxJavaType.DOUBLE
            ? tensor.getDoubleBuffer()
            : tensor.getFloatBuffer();
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer instanceof FloatBuffer f ? f.get(i) : ((DoubleBuffer) buffer).get(i);
    }
    return values;
  }
}

package dev.gatun.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.bench.compare.Peer;
import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.Weights;
import dev.gatun.demo.oip.Signature;
import dev.gatun.demo.serve.Engine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A network that `gatun train` saved, as a model of ONNX Runtime. Rows and scores stay where they
/// are: it reads and writes the server's memory.
final class OnnxEngine implements Engine {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Weights weights;
  private final Signature signature;

  private OnnxEngine(OrtEnvironment environment, OrtSession session, Weights weights) {
    this.environment = environment;
    this.session = session;
    this.weights = weights;
    signature = new Signature(weights.shape().inputs(), weights.shape().outputs());
  }

  static OnnxEngine load(Path file, int rows) throws IOException {
    Weights weights = Weights.read(file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Peer.threads());
      options.setInterOpNumThreads(1);
      // Idle threads of the pool would take the processors from the server.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(model(weights), options);
      return new OnnxEngine(environment, session, weights);
    } catch (OrtException e) {
      throw new IOException("onnxruntime: " + e.getMessage(), e);
    }
  }

  private static byte[] model(Weights weights) {
    int depth = weights.layers().size();
    Model model = new Model().input("x0", Model.FLOAT, Model.ANY, weights.shape().inputs());
    for (int i = 0; i < depth; i++) {
      Weights.Layer layer = weights.layers().get(i);
      model.constant("w" + i, layer.weight(), layer.out(), layer.in());
      model.constant("b" + i, layer.bias(), layer.out());
      String sum = i == depth - 1 ? "y" : "z" + i;
      model.node("Gemm", List.of("x" + i, "w" + i, "b" + i), sum, "transB", 1);
      if (i < depth - 1) {
        model.node(operator(weights.shape().activation()), List.of(sum), "x" + (i + 1));
      }
    }
    return model.output("y", Model.FLOAT, Model.ANY, weights.shape().outputs()).toByteArray();
  }

  private static String operator(Activation activation) {
    return switch (activation) {
      case RELU -> "Relu";
      case SIGMOID -> "Sigmoid";
      case TANH -> "Tanh";
    };
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public String platform() {
    return "onnxruntime_onnxv1";
  }

  @Override
  public String description() {
    return "%s, ONNX Runtime %s, threads: %d"
        .formatted(weights.shape(), environment.getVersion(), Peer.threads());
  }

  @Override
  public void run(MemorySegment rows, int count, MemorySegment scores) {
    try (OnnxTensor x = tensor(rows, count, signature.features());
        OnnxTensor y = tensor(scores, count, signature.outputs());
        OrtSession.Result _ = session.run(Map.of("x0", x), Map.of("y", y))) {
      return;
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(MemorySegment memory, long rows, long size) throws OrtException {
    FloatBuffer floats = memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    return OnnxTensor.createTensor(environment, floats, new long[] {rows, size});
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
    }
  }
}

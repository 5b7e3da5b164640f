package dev.gatun.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.gatun.bench.compare.Correlation;
import dev.gatun.bench.compare.Encoding;
import dev.gatun.bench.compare.Layer;
import dev.gatun.bench.compare.Lookup;
import dev.gatun.bench.compare.Recurrence;
import dev.gatun.bench.compare.Task;
import java.util.List;
import java.util.Map;

/// The layers of [Layer] as models; ONNX Runtime does not train.
///
/// @param peer makes tensors and sessions
record OnnxLayers(OnnxRuntimePeer peer) {
  /// Where ONNX has its gates, i o f g, among PyTorch's, i f g o.
  private static final int[] ORDER = {0, 3, 1, 2};

  static boolean supports(Layer layer) {
    return !layer.training() && (layer instanceof Recurrence || layer instanceof Lookup || layer instanceof Correlation || layer instanceof Encoding);
  }

  Task of(Layer workload) throws OrtException {
    return switch (workload) {
      case Recurrence work -> recurrence(work);
      case Lookup work -> lookup(work);
      case Correlation work -> correlation(work);
      case Encoding work -> new OnnxEncodings(peer).of(work);
      default -> throw new IllegalArgumentException(workload.name());
    };
  }

  private Task recurrence(Recurrence work) throws OrtException {
    int hidden = Recurrence.HIDDEN;
    long gates = 4L * hidden;
    float[] bias = new float[2 * 4 * hidden];
    System.arraycopy(ordered(work.inputBias()), 0, bias, 0, 4 * hidden);
    System.arraycopy(ordered(work.hiddenBias()), 0, bias, 4 * hidden, 4 * hidden);
    long[] shape = {Recurrence.STEPS, Recurrence.BATCH, Recurrence.INPUTS};
    long[] result = {Recurrence.STEPS, 1, Recurrence.BATCH, hidden};
    Model model =
        new Model()
            .input("x", Model.FLOAT, shape)
            .constant("w", ordered(work.inputWeights()), 1, gates, Recurrence.INPUTS)
            .constant("r", ordered(work.hiddenWeights()), 1, gates, hidden)
            .constant("b", bias, 1, 2 * gates)
            .output("y", Model.FLOAT, result)
            .node("LSTM", List.of("x", "w", "r", "b"), "y", "hidden_size", hidden);
    OnnxTensor x = peer.tensor(work.x(), Model.FLOAT, shape);
    float[] zeros = new float[Recurrence.STEPS * Recurrence.BATCH * hidden];
    return peer.bound(model, Map.of("x", x), peer.tensor(zeros, Model.FLOAT, result));
  }

  private static float[] ordered(float[] values) {
    float[] result = new float[values.length];
    int part = values.length / ORDER.length;
    for (int gate = 0; gate < ORDER.length; gate++) {
      System.arraycopy(values, ORDER[gate] * part, result, gate * part, part);
    }
    return result;
  }

  private Task lookup(Lookup work) throws OrtException {
    long[] shape = {Lookup.BATCH, Lookup.LENGTH};
    long[] result = {Lookup.BATCH, Lookup.LENGTH, Lookup.WIDTH};
    Model model =
        new Model()
            .input("i", Model.LONG, shape)
            .constant("t", work.table(), Lookup.WORDS, Lookup.WIDTH)
            .output("y", Model.FLOAT, result)
            .node("Gather", List.of("t", "i"), "y");
    float[] zeros = new float[Lookup.BATCH * Lookup.LENGTH * Lookup.WIDTH];
    OnnxTensor index = peer.tensor(work.index(), shape);
    return peer.bound(model, Map.of("i", index), peer.tensor(zeros, Model.FLOAT, result));
  }

  private Task correlation(Correlation work) throws OrtException {
    long side = work.side();
    long kernel = Correlation.KERNEL;
    long[] shape = {work.images(), work.channels(), side, side};
    long[] result = {work.images(), Correlation.FILTERS, side, side};
    Model model =
        new Model()
            .input("x", Model.FLOAT, shape)
            .constant("w", work.weight(), Correlation.FILTERS, work.channels(), kernel, kernel)
            .constant("b", work.bias(), Correlation.FILTERS)
            .output("y", Model.FLOAT, result)
            .node("Conv", List.of("x", "w", "b"), "y", "pads", new long[] {1, 1, 1, 1});
    OnnxTensor x = peer.tensor(work.x(), Model.FLOAT, shape);
    float[] zeros = new float[work.images() * Correlation.FILTERS * work.side() * work.side()];
    return peer.bound(model, Map.of("x", x), peer.tensor(zeros, Model.FLOAT, result));
  }
}

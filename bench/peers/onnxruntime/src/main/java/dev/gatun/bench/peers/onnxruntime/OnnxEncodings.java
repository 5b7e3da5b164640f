package dev.gatun.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.gatun.bench.compare.Encoding;
import dev.gatun.bench.compare.Task;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parts of [Encoding] as models of ONNX's own operators; the three projections of the layer
/// are three products, as exporters write them.
///
/// @param peer makes tensors and sessions
record OnnxEncodings(OnnxRuntimePeer peer) {
  private static final long[] SEQUENCES = {Encoding.BATCH, Encoding.LENGTH, Encoding.WIDTH};
  private static final int SQUARE = Encoding.WIDTH * Encoding.WIDTH;

  Task of(Encoding work) throws OrtException {
    return switch (work.part()) {
      case ATTENTION -> attention(work);
      case NORM -> norm(work);
      case LAYER -> layer(work);
      case TRAINING -> throw new IllegalArgumentException(work.name());
    };
  }

  private Task attention(Encoding work) throws OrtException {
    long[] shape = {Encoding.SEQUENCES, Encoding.HEADS, Encoding.POSITIONS, Encoding.HEAD};
    Model model = new Model().output("y", Model.FLOAT, shape);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      String name = "qkv".substring(i, i + 1);
      model.input(name, Model.FLOAT, shape);
      inputs.put(name, peer.tensor(work.heads(i), Model.FLOAT, shape));
    }
    model.node("Transpose", List.of("k"), "kt", "perm", new long[] {0, 1, 3, 2});
    attend(model, Encoding.HEAD, "y");
    return peer.bound(model, inputs, peer.tensor(new float[work.heads(0).length], Model.FLOAT, shape));
  }

  /// From `q`, `kt` and `v`.
  private static void attend(Model model, int width, String output) {
    model
        .constant("scale", new float[] {(float) (1 / Math.sqrt((double) width))})
        .node("MatMul", List.of("q", "kt"), "products")
        .node("Mul", List.of("products", "scale"), "scores")
        .node("Softmax", List.of("scores"), "shares")
        .node("MatMul", List.of("shares", "v"), output);
  }

  private Task norm(Encoding work) throws OrtException {
    Model model = new Model().input("x", Model.FLOAT, SEQUENCES);
    for (Encoding.Weights weights : work.weights()) {
      model.constant(weights.name(), weights.values(), weights.shape());
    }
    normalize(model, "x", "norm1", "y");
    return bound(model, work);
  }

  private static void normalize(Model model, String x, String name, String output) {
    List<String> inputs = List.of(x, name + ".weight", name + ".bias");
    model.node("LayerNormalization", inputs, output);
  }

  private Task layer(Encoding work) throws OrtException {
    Model model = new Model().input("x", Model.FLOAT, SEQUENCES);
    for (Encoding.Weights weights : work.weights()) {
      constant(model, weights);
    }
    long width = Encoding.WIDTH / Encoding.HEADS;
    model
        .constant("apart", Encoding.BATCH, Encoding.LENGTH, Encoding.HEADS, width)
        .constant("whole", SEQUENCES);
    long[] turned = {0, 2, 1, 3};
    String[] names = {"q", "kt", "v"};
    for (int i = 0; i < 3; i++) {
      String own = "in" + i;
      linear(model, "x", own, own + "rows");
      model.node("Reshape", List.of(own + "rows", "apart"), own + "heads");
      long[] order = i == 1 ? new long[] {0, 2, 3, 1} : turned;
      model.node("Transpose", List.of(own + "heads"), names[i], "perm", order);
    }
    attend(model, Encoding.WIDTH / Encoding.HEADS, "summed");
    model
        .node("Transpose", List.of("summed"), "back", "perm", turned)
        .node("Reshape", List.of("back", "whole"), "joined");
    linear(model, "joined", "self_attn.out_proj", "out");
    model.node("Add", List.of("x", "out"), "first");
    normalize(model, "first", "norm1", "z");
    linear(model, "z", "linear1", "inner");
    model.node("Relu", List.of("inner"), "active");
    linear(model, "active", "linear2", "fed");
    model.node("Add", List.of("z", "fed"), "second");
    normalize(model, "second", "norm2", "y");
    return bound(model, work);
  }

  private static void linear(Model model, String x, String name, String output) {
    model
        .node("MatMul", List.of(x, name + ".weight"), output + ".product")
        .node("Add", List.of(output + ".product", name + ".bias"), output);
  }

  /// Matrices `[in,out]`, as `MatMul` takes them, and the three projections apart.
  private static void constant(Model model, Encoding.Weights weights) {
    String name = weights.name();
    boolean matrix = weights.shape().length == 2;
    if (name.startsWith("self_attn.in_proj_")) {
      int part = matrix ? SQUARE : Encoding.WIDTH;
      for (int i = 0; i < 3; i++) {
        float[] values = Arrays.copyOfRange(weights.values(), i * part, (i + 1) * part);
        long[] shape = matrix ? new long[] {Encoding.WIDTH, Encoding.WIDTH} : new long[] {part};
        String own = "in" + i + name.substring(name.indexOf("proj_") + 4).replace('_', '.');
        constant(model, new Encoding.Weights(own, values, shape));
      }
    } else if (matrix) {
      int rows = (int) weights.shape()[0];
      int columns = (int) weights.shape()[1];
      float[] turned = new float[rows * columns];
      for (int i = 0; i < turned.length; i++) {
        turned[i % columns * rows + i / columns] = weights.values()[i];
      }
      model.constant(name, turned, columns, rows);
    } else {
      model.constant(name, weights.values(), weights.shape());
    }
  }

  private Task bound(Model model, Encoding work) throws OrtException {
    OnnxTensor x = peer.tensor(work.x(), Model.FLOAT, SEQUENCES);
    OnnxTensor y = peer.tensor(new float[work.x().length], Model.FLOAT, SEQUENCES);
    return peer.bound(model.output("y", Model.FLOAT, SEQUENCES), Map.of("x", x), y);
  }
}

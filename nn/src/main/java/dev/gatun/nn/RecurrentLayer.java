package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.RecurrentWeights;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [RNN], [LSTM] and [GRU] share: parameters, layers above each other, directions, and the
/// shapes of inputs and states. Each direction of each layer is one operation of the runtime.
abstract sealed class RecurrentLayer extends Module permits RNN, LSTM, GRU {
  private final RecurrentOptions options;
  private final long projSize;
  private final Generator generator;
  private final List<Weights> weights = new ArrayList<>();

  /// Of one layer in one direction.
  ///
  /// @param projection `[projSize, hidden]`; null without one
  record Weights(RecurrentWeights gates, @Nullable Tensor projection) {}

  /// What comes out of one layer in one direction, or of all.
  record States(Tensor output, Tensor h, @Nullable Tensor c) {}

  /// Makes the parameters and draws them.
  RecurrentLayer(
      RecurrentOptions options, int gates, long projSize, DType dtype, Generator generator) {
    this.options = options;
    this.projSize = projSize;
    this.generator = generator;
    try (var _ = Scope.open(name())) {
      for (int layer = 0; layer < options.numLayers(); layer++) {
        for (int d = 0; d < options.directions(); d++) {
          String suffix = "_l" + layer + (d == 1 ? "_reverse" : "");
          weights.add(make(suffix, gates * options.hiddenSize(), inputs(layer), dtype));
        }
      }
    }
    resetParameters(generator);
  }

  private Weights make(String suffix, long rows, long inputs, DType dtype) {
    Tensor input = parameter("weight_ih" + suffix, Tensor.empty(dtype, rows, inputs));
    Tensor hidden = parameter("weight_hh" + suffix, Tensor.empty(dtype, rows, outputSize()));
    Tensor inputBias = null;
    Tensor hiddenBias = null;
    if (options.bias()) {
      inputBias = parameter("bias_ih" + suffix, Tensor.empty(dtype, rows));
      hiddenBias = parameter("bias_hh" + suffix, Tensor.empty(dtype, rows));
    }
    Tensor projection = null;
    if (projSize > 0) {
      long hiddenSize = options.hiddenSize();
      projection = parameter("weight_hr" + suffix, Tensor.empty(dtype, projSize, hiddenSize));
    }
    return new Weights(new RecurrentWeights(input, hidden, inputBias, hiddenBias), projection);
  }

  /// Draws all parameters anew, from `U(-1/√hidden, 1/√hidden)`.
  ///
  /// @param generator where they are drawn from
  public final void resetParameters(Generator generator) {
    double bound = 1 / Math.sqrt((double) options.hiddenSize());
    for (Parameter parameter : registry().parameters.values()) {
      Init.uniform_(parameter, -bound, bound, generator);
    }
  }

  /// {@return what the layer was made with}
  public final RecurrentOptions options() {
    return options;
  }

  private String name() {
    return getClass().getSimpleName();
  }

  /// Elements of a hidden state.
  final long outputSize() {
    return projSize > 0 ? projSize : options.hiddenSize();
  }

  private long inputs(int layer) {
    return layer == 0 ? options.inputSize() : outputSize() * options.directions();
  }

  /// One layer in one direction over `[steps, batch, in]`, or packed rows.
  abstract States direction(
      Weights w, Tensor x, Tensor h0, @Nullable Tensor c0, boolean reverse, long... sizes);

  /// All layers over a sequence, a batch of sequences, or packed ones.
  ///
  /// @param h0 null for zeros
  /// @param c0 null for zeros
  /// @param cells whether there is a state of cells
  final States run(Tensor x, @Nullable Tensor h0, @Nullable Tensor c0, boolean cells) {
    int rank = x.shape().length;
    if (rank != 2 && rank != 3) {
      throw new ShapeException(
          "%s: input must have 2 dimensions or 3: %s".formatted(name(), Numbers.text(x.shape())));
    }
    boolean batched = rank == 3;
    boolean turned = batched && options.batchFirst();
    Tensor steps = batched ? (turned ? x.transpose(0, 1) : x) : x.unsqueeze(1);
    long batch = steps.size(1);
    Tensor h = state("h0", x, h0, batch, batched, outputSize());
    Tensor c = cells ? state("c0", x, c0, batch, batched, options.hiddenSize()) : null;
    States all = layers(steps, x, h, c);
    if (batched) {
      Tensor output = turned ? all.output.transpose(0, 1) : all.output;
      return new States(output, all.h, all.c);
    }
    Tensor last = all.c == null ? null : all.c.squeeze(1);
    return new States(all.output.squeeze(1), all.h.squeeze(1), last);
  }

  /// All layers over packed sequences, which are in another order where `packed` says so.
  final PackedStates run(
      PackedSequence packed, @Nullable Tensor h0, @Nullable Tensor c0, boolean cells) {
    Tensor x = packed.data();
    long[] sizes = packed.sizes();
    Tensor h = state("h0", x, h0, sizes[0], true, outputSize());
    Tensor c = cells ? state("c0", x, c0, sizes[0], true, options.hiddenSize()) : null;
    Tensor order = packed.sortedIndices();
    Tensor back = packed.unsortedIndices();
    if (order == null || back == null) {
      States all = layers(x, x, h, c, sizes);
      return new PackedStates(packed.with(all.output), all.h, all.c);
    }
    Tensor sortedC = c == null ? null : c.indexSelect(1, order);
    States all = layers(x, x, h.indexSelect(1, order), sortedC, sizes);
    Tensor lastC = all.c == null ? null : all.c.indexSelect(1, back);
    return new PackedStates(packed.with(all.output), all.h.indexSelect(1, back), lastC);
  }

  private States layers(Tensor x, Tensor shown, Tensor h0, @Nullable Tensor c0, long... sizes) {
    int features = x.shape().length - 1;
    if (x.size(features) != options.inputSize()) {
      throw new ShapeException(
          "%s: input must end with inputSize: %s (%d != %d)"
              .formatted(
                  name(), Numbers.text(shown.shape()), x.size(features), options.inputSize()));
    }
    List<Tensor> h = new ArrayList<>();
    List<Tensor> c = new ArrayList<>();
    Tensor in = x;
    for (int layer = 0; layer < options.numLayers(); layer++) {
      Tensor out = layer(layer, in, h0, c0, h, c, sizes);
      freeUnlessRecorded(layer == 0 ? null : in, out);
      in = out;
      if (options.dropout() > 0 && isTraining() && layer < options.numLayers() - 1) {
        in = F.dropout(out, options.dropout(), true, generator);
      }
    }
    Tensor cells = c0 == null ? null : Tensor.stack(c, 0);
    return new States(in, Tensor.stack(h, 0), cells);
  }

  /// Both directions of one layer, side by side; the last states are added to `h` and `c`.
  private Tensor layer(
      int layer,
      Tensor in,
      Tensor h0,
      @Nullable Tensor c0,
      List<Tensor> h,
      List<Tensor> c,
      long... sizes) {
    Tensor[] outputs = new Tensor[options.directions()];
    for (int d = 0; d < outputs.length; d++) {
      int k = layer * outputs.length + d;
      Tensor cell = c0 == null ? null : c0.select(0, k);
      States states = direction(weights.get(k), in, h0.select(0, k), cell, d == 1, sizes);
      outputs[d] = states.output;
      h.add(states.h);
      if (states.c != null) {
        c.add(states.c);
      }
    }
    if (outputs.length == 1) {
      return outputs[0];
    }
    Tensor both = Tensor.cat(in.shape().length - 1, outputs);
    for (Tensor output : outputs) {
      freeUnlessRecorded(output, both);
    }
    return both;
  }

  /// Frees what nobody but the result of an operation was computed from.
  private static void freeUnlessRecorded(@Nullable Tensor x, Tensor result) {
    if (x != null && !result.requiresGrad()) {
      x.free();
    }
  }

  /// The initial states of all layers, `[layers directions, batch, size]`.
  private Tensor state(
      String which, Tensor x, @Nullable Tensor given, long batch, boolean batched, long size) {
    long all = (long) options.numLayers() * options.directions();
    if (given == null) {
      return Tensor.zeros(x.dtype(), all, batch, size);
    }
    long[] expected = batched ? new long[] {all, batch, size} : new long[] {all, size};
    if (!Arrays.equals(given.shape(), expected)) {
      throw new ShapeException(
          "%s: %s must be %s for input %s: %s"
              .formatted(
                  name(),
                  which,
                  Numbers.text(expected),
                  Numbers.text(x.shape()),
                  Numbers.text(given.shape())));
    }
    return batched ? given : given.unsqueeze(1);
  }

  @Override
  protected final String extraRepr() {
    StringBuilder text = new StringBuilder();
    text.append(options.inputSize()).append(", ").append(options.hiddenSize());
    if (projSize > 0) {
      text.append(", proj_size=").append(projSize);
    }
    if (options.numLayers() != 1) {
      text.append(", num_layers=").append(options.numLayers());
    }
    text.append(options.bias() ? "" : ", bias=False");
    text.append(options.batchFirst() ? ", batch_first=True" : "");
    if (options.dropout() != 0) {
      text.append(", dropout=").append(Numbers.python(options.dropout()));
    }
    return text.append(options.bidirectional() ? ", bidirectional=True" : "").toString();
  }
}

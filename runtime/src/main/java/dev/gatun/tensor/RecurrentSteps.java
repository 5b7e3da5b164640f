package dev.gatun.tensor;

import dev.gatun.kernel.StepRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [Recurrent] computes, in operations that have gradients of their own: for gradients of
/// gradients, which the loops do not compute.
final class RecurrentSteps {
  private RecurrentSteps() {}

  /// The gradients with respect to the inputs, as parts of a graph.
  static @Nullable Tensor[] gradients(
      Recurrent layer, Node node, @Nullable Tensor[] given, boolean[] needed) {
    Tensor[] inputs = new Tensor[needed.length];
    List<Tensor> asked = new ArrayList<>();
    for (int i = 0; i < needed.length; i++) {
      Tensor input = node.input(i);
      // Inputs may have been computed from each other: what is asked for begins here.
      inputs[i] = input.view(input.shape);
      if (needed[i]) {
        asked.add(inputs[i]);
      }
    }
    List<Tensor> results = compute(layer, inputs);
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> weights = new ArrayList<>();
    for (int k = 0; k < results.size(); k++) {
      Tensor g = given[k];
      if (g != null && results.get(k).requiresGrad()) {
        outputs.add(results.get(k));
        weights.add(g);
      }
    }
    GradOptions options =
        new GradOptions().gradOutputs(weights.toArray(Tensor[]::new)).createGraph().allowUnused();
    List<@Nullable Tensor> found = Autograd.grad(outputs, asked, options);
    @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
    int next = 0;
    for (int i = 0; i < needed.length; i++) {
      parts[i] = needed[i] ? found.get(next++) : null;
    }
    return parts;
  }

  /// The output and the last states. Sequences that are through keep the state that they have.
  static List<Tensor> compute(Recurrent layer, Tensor... inputs) {
    boolean biased = layer.biased();
    int last = inputs.length - 1;
    Tensor all = inputs[0].linear(inputs[1], biased ? inputs[last - 1] : null);
    Tensor bias = biased ? inputs[last] : null;
    StepRows rows = new StepRows(layer.sizes().values(), layer.reverse());
    boolean isLstm = layer.isLstm();
    Tensor h = inputs[3];
    @Nullable Tensor c = isLstm ? inputs[4] : null;
    Tensor[] outputs = new Tensor[layer.sizes().values().length];
    for (int i = 0; i < outputs.length; i++) {
      int t = rows.step(i);
      int n = rows.size(t);
      Tensor before = h.narrow(0, 0, n);
      Tensor sums = all.narrow(0, rows.start(t), n);
      Tensor hidden = before.linear(inputs[2], bias);
      if (c != null) {
        Tensor[] gates = sums.add(hidden).chunk(4, 1);
        Tensor kept = gates[1].sigmoid().mul(c.narrow(0, 0, n));
        Tensor cell = kept.add(gates[0].sigmoid().mul(gates[2].tanh()));
        outputs[t] = gates[3].sigmoid().mul(cell.tanh());
        c = over(c, cell);
      } else {
        outputs[t] =
            switch (layer.cell()) {
              case GRU -> gru(sums.chunk(3, 1), hidden.chunk(3, 1), before);
              case RNN_RELU -> sums.add(hidden).relu();
              case RNN_TANH, LSTM -> sums.add(hidden).tanh();
            };
      }
      h = over(h, outputs[t]);
    }
    Tensor output = Tensor.cat(0, outputs);
    return c == null ? List.of(output, h) : List.of(output, h, c);
  }

  private static Tensor gru(Tensor[] inputs, Tensor[] hidden, Tensor before) {
    Tensor r = inputs[0].add(hidden[0]).sigmoid();
    Tensor z = inputs[1].add(hidden[1]).sigmoid();
    Tensor fresh = inputs[2].add(r.mul(hidden[2])).tanh();
    return fresh.add(z.mul(before.sub(fresh)));
  }

  /// The first rows replaced.
  private static Tensor over(Tensor state, Tensor first) {
    long n = first.shape[0];
    long all = state.shape[0];
    return n == all ? first : Tensor.cat(0, first, state.narrow(0, n, all - n));
  }
}

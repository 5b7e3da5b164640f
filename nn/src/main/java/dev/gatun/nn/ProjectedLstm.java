package dev.gatun.nn;

import dev.gatun.tensor.LstmStates;
import dev.gatun.tensor.RecurrentWeights;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// One layer of an [LSTM] with a projection, in one direction: one product for all inputs, then
/// step by step.
final class ProjectedLstm {
  private ProjectedLstm() {}

  static LstmStates run(
      Tensor x,
      RecurrentWeights w,
      Tensor projection,
      Tensor h0,
      Tensor c0,
      boolean reverse,
      long... sizes) {
    long[] rows = sizes;
    if (sizes.length == 0) {
      if (x.size(0) == 0) {
        throw new ShapeException("LSTM: needs at least one step: " + Numbers.text(x.shape()));
      }
      rows = new long[Math.toIntExact(x.size(0))];
      Arrays.fill(rows, x.size(1));
    }
    Tensor all = x.linear(w.inputs(), w.inputBias()).reshape(-1, w.inputs().size(0));
    Tensor[] outputs = new Tensor[rows.length];
    long start = reverse ? all.size(0) : 0;
    Tensor h = h0;
    Tensor c = c0;
    for (int i = 0; i < rows.length; i++) {
      int t = reverse ? rows.length - 1 - i : i;
      long n = rows[t];
      start -= reverse ? n : 0;
      Tensor hidden = h.narrow(0, 0, n).linear(w.hidden(), w.hiddenBias());
      Tensor[] gates = all.narrow(0, start, n).add(hidden).chunk(4, 1);
      Tensor kept = gates[1].sigmoid().mul(c.narrow(0, 0, n));
      Tensor cell = kept.add(gates[0].sigmoid().mul(gates[2].tanh()));
      outputs[t] = gates[3].sigmoid().mul(cell.tanh()).linear(projection, null);
      h = over(h, outputs[t]);
      c = over(c, cell);
      start += reverse ? 0 : n;
    }
    long[] shape = x.shape().clone();
    shape[shape.length - 1] = projection.size(0);
    return new LstmStates(Tensor.cat(0, outputs).view(shape), h, c);
  }

  /// The first rows replaced: sequences that are through keep the state that they have.
  private static Tensor over(Tensor state, Tensor first) {
    long n = first.size(0);
    long all = state.size(0);
    return n == all ? first : Tensor.cat(0, first, state.narrow(0, n, all - n));
  }
}

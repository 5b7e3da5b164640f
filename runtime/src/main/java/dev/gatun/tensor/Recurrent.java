package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.Gemm;
import dev.gatun.kernel.RecurrentCell;
import dev.gatun.kernel.RecurrentKernels;
import dev.gatun.kernel.RecurrentKernels.Problem;
import dev.gatun.kernel.StepRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recurrent layer over the rows of all steps; its inputs are these, the weights of the input and
/// of the hidden state, the initial states, then the two biases if there are any. The results are
/// the output, the last states and, for backward, the activated gates and the cell's states.
///
/// @param sizes rows of each step
record Recurrent(RecurrentCell cell, Size sizes, boolean reverse, boolean biased)
    implements Op.Several {
  private static final int X = 0;
  private static final int INPUTS = 1;
  private static final int HIDDEN = 2;
  private static final int H0 = 3;
  private static final int C0 = 4;

  boolean isLstm() {
    return cell == RecurrentCell.LSTM;
  }

  /// Where the biases are.
  private int bias() {
    return isLstm() ? C0 + 1 : C0;
  }

  private StepRows rows() {
    return new StepRows(sizes.values(), reverse);
  }

  private Problem problem(Tensor weight) {
    int hidden = Math.toIntExact(weight.shape[1]);
    return new Problem(cell, weight.dtype, rows(), hidden, Fused.readable(weight));
  }

  @Override
  public List<Tensor> apply(Tensor... inputs) {
    boolean recorded = false;
    for (Tensor input : inputs) {
      recorded |= input.requiresGrad();
    }
    if (recorded && Tape.isRecording()) {
      return Tape.record(this, results(inputs), inputs);
    }
    List<Tensor> all = Trace.several(this, () -> forward(false, inputs), inputs);
    for (Tensor kept : all.subList(isLstm() ? 3 : 2, all.size())) {
      kept.free();
    }
    return all;
  }

  @Override
  public List<Tensor> forward(Tensor... inputs) {
    return forward(true, inputs);
  }

  private List<Tensor> forward(boolean keep, Tensor... inputs) {
    Tensor x = inputs[X];
    Tensor weight = inputs[HIDDEN];
    Problem p = problem(weight);
    long n = x.shape[0];
    long hidden = weight.shape[1];
    String op = opName();
    MultiplyAdds.add(1, n, weight.shape[0], inputs[INPUTS].shape[1] + hidden);
    Tensor output = Raw.empty(op, x.dtype, n, hidden);
    Tensor gates = cell.kept() == 0 ? output : Raw.empty(op, x.dtype, n, (long) p.width());
    Tensor bias = inputBias(inputs);
    Tensor h = Raw.copy(inputs[H0]);
    Tensor c = isLstm() ? Raw.copy(inputs[C0]) : null;
    Tensor before = keep && isLstm() ? Raw.empty(op, x.dtype, n, hidden) : null;
    boolean isGru = cell == RecurrentCell.GRU;
    Tensor scratch = isGru ? Raw.empty(op, x.dtype, h.shape[0], 3 * hidden) : null;
    RecurrentKernels.forward(
        p,
        new RecurrentKernels.State(
            new RecurrentKernels.Inputs(
                Fused.readable(x),
                Math.toIntExact(x.shape[1]),
                Fused.readable(inputs[INPUTS]),
                bias == null ? null : Fused.readable(bias)),
            Fused.writable(gates),
            Fused.writable(output),
            Fused.writable(h),
            c == null ? null : Fused.writable(c),
            before == null ? null : Fused.writable(before),
            isGru && biased ? Fused.readable(inputs[bias() + 1]) : null,
            scratch == null ? null : Fused.writable(scratch)));
    if (scratch != null) {
      scratch.free();
    }
    if (bias != null && !isGru) {
      bias.free();
    }
    if (c != null) {
      return before == null ? List.of(output, h, c, gates) : List.of(output, h, c, gates, before);
    }
    return isGru ? List.of(output, h, gates) : List.of(output, h);
  }

  /// What is added to the sums of the inputs: both biases, but for cells that scale the hidden one.
  private @Nullable Tensor inputBias(Tensor... inputs) {
    if (!biased) {
      return null;
    }
    Tensor first = inputs[bias()];
    return cell == RecurrentCell.GRU ? first : sum(first, inputs[bias() + 1]);
  }

  private static Tensor sum(Tensor a, Tensor b) {
    return Raw.binary("add", ArithmeticKernels.add(a.dtype), a.dtype, a, b);
  }

  /// `y = a b + beta y` of matrices; the rows of `y` are contiguous.
  private static void multiply(Tensor a, Tensor b, double beta, Tensor y) {
    Matrix left = Matrix.of(a, Shapes.SCALAR);
    Matrix right = Matrix.of(b, Shapes.SCALAR);
    Gemm.current()
        .gemm(
            y.dtype,
            left.transposed,
            right.transposed,
            y.shape[0],
            y.shape[1],
            a.shape[1],
            1,
            left.tensor.memory(),
            left.tensor.offset,
            left.ld,
            right.tensor.memory(),
            right.tensor.offset,
            right.ld,
            beta,
            y.writable(),
            y.offset,
            Math.max(1, y.strides[0]));
  }

  private static Tensor columns(Tensor x, long from, long count) {
    return Raw.view(x, new long[] {x.shape[0], count}, x.strides, x.offset + from);
  }

  private static Tensor rows(Tensor x, long from, long count) {
    long[] shape = {count, x.shape[1]};
    return Raw.view(x, shape, x.strides, x.offset + from * x.strides[0]);
  }

  private static Tensor transposed(Tensor x) {
    long[] shape = {x.shape[1], x.shape[0]};
    return Raw.view(x, shape, new long[] {x.strides[1], x.strides[0]}, x.offset);
  }

  @Override
  public String opName() {
    return Recurrences.name(cell);
  }

  @Override
  public Saves saves() {
    return Saves.INPUTS_AND_OUTPUT;
  }

  @Override
  public boolean differentiable(int k) {
    return k < (isLstm() ? 3 : 2);
  }

  @Override
  public Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
    throw new IllegalStateException(opName() + ": finds all gradients together");
  }

  @Override
  public @Nullable Tensor[] backwards(Node node, @Nullable Tensor[] gradients, boolean[] needed) {
    if (Tape.isRecording()) {
      return RecurrentSteps.gradients(this, node, gradients, needed);
    }
    Tensor dh = Raw.copy(node.orZero(gradients, 1));
    Tensor dc = isLstm() ? Raw.copy(node.orZero(gradients, 2)) : null;
    Tensor d = slopes(node, gradients[0], dh, dc);
    @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
    parts[X] = needed[X] ? ofInput(node, d) : null;
    parts[INPUTS] = needed[INPUTS] ? ofInputWeights(node, d) : null;
    parts[HIDDEN] = needed[HIDDEN] ? ofHiddenWeights(node, d) : null;
    parts[H0] = needed[H0] ? dh : null;
    if (isLstm()) {
      parts[C0] = needed[C0] ? dc : null;
    }
    if (biased) {
      biases(d, parts, needed);
    }
    d.free();
    return parts;
  }

  /// The gradients of all sums; `dh` and `dc` become those of the initial states.
  private Tensor slopes(Node node, @Nullable Tensor g, Tensor dh, @Nullable Tensor dc) {
    Tensor output = node.output(0);
    Problem p = problem(node.input(HIDDEN));
    Tensor d = Raw.empty(opName(), output.dtype, output.shape[0], (long) p.width());
    Tensor gates =
        switch (cell) {
          case LSTM -> node.output(3);
          case GRU -> node.output(2);
          case RNN_TANH, RNN_RELU -> output;
        };
    RecurrentKernels.backward(
        p,
        new RecurrentKernels.Slopes(
            Fused.readable(gates),
            Fused.readable(output),
            isLstm() ? Fused.readable(node.output(4)) : null,
            Fused.readable(node.input(H0)),
            g == null ? null : Fused.readable(Raw.contiguous(g)),
            Fused.writable(dh),
            dc == null ? null : Fused.writable(dc),
            Fused.writable(d)));
    return d;
  }

  private Tensor ofInput(Node node, Tensor d) {
    Tensor w = node.input(INPUTS);
    long hidden = node.shape(HIDDEN)[1];
    Tensor dx = Raw.empty(opName(), d.dtype, node.shape(X));
    if (cell == RecurrentCell.GRU) {
      multiply(columns(d, hidden, 2 * hidden), rows(w, 0, 2 * hidden), 0, dx);
      multiply(columns(d, 0, hidden), rows(w, 2 * hidden, hidden), 1, dx);
    } else {
      multiply(d, w, 0, dx);
    }
    return dx;
  }

  private Tensor ofInputWeights(Node node, Tensor d) {
    Tensor x = node.input(X);
    long hidden = node.shape(HIDDEN)[1];
    Tensor dw = Raw.empty(opName(), d.dtype, node.shape(INPUTS));
    if (cell == RecurrentCell.GRU) {
      multiply(transposed(columns(d, hidden, 2 * hidden)), x, 0, rows(dw, 0, 2 * hidden));
      multiply(transposed(columns(d, 0, hidden)), x, 0, rows(dw, 2 * hidden, hidden));
    } else {
      multiply(transposed(d), x, 0, dw);
    }
    return dw;
  }

  /// One product for all rows that follow each other as those before them do.
  private Tensor ofHiddenWeights(Node node, Tensor d) {
    long hidden = node.shape(HIDDEN)[1];
    Tensor of = cell == RecurrentCell.GRU ? columns(d, hidden, 3 * hidden) : d;
    Tensor dw = Raw.empty(opName(), d.dtype, node.shape(HIDDEN));
    double beta = 0;
    for (StepRows.Piece piece : rows().pieces()) {
      Tensor states = piece.initial() ? node.input(H0) : node.output(0);
      Tensor before = rows(states, piece.before(), piece.count());
      multiply(transposed(rows(of, piece.row(), piece.count())), before, beta, dw);
      beta = 1;
    }
    return beta == 0 ? dw.zero_() : dw;
  }

  private void biases(Tensor d, @Nullable Tensor[] parts, boolean[] needed) {
    int at = bias();
    long width = d.shape[1];
    if (cell != RecurrentCell.GRU) {
      if (needed[at] || needed[at + 1]) {
        Tensor sum = Raw.empty(opName(), d.dtype, width);
        Reductions.sumRows(d, sum);
        parts[at] = needed[at] ? sum : null;
        parts[at + 1] = needed[at + 1] ? sum : null;
      }
      return;
    }
    long hidden = width / 4;
    Tensor sum = Raw.empty(opName(), d.dtype, width);
    Reductions.sumRows(d, sum);
    Tensor fresh = sum.narrow(0, 0, hidden);
    parts[at] = needed[at] ? Tensor.cat(0, sum.narrow(0, hidden, 2 * hidden), fresh) : null;
    parts[at + 1] = needed[at + 1] ? sum.narrow(0, hidden, 3 * hidden) : null;
  }
}

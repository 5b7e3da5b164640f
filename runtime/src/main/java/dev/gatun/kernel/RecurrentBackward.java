package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.RecurrentKernels.Problem;
import dev.gatun.kernel.RecurrentKernels.Slopes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The steps of [RecurrentKernels#backward], last first.
final class RecurrentBackward implements AutoCloseable {
  private final Problem p;
  private final CellLoops loops;
  private final UnaryRow tanh;
  private final int hidden;
  private final int bytes;
  private final PlainRun gates;
  private final PlainRun output;
  private final PlainRun h0;
  private final PlainRun dh;
  private final PlainRun d;
  private final @Nullable PlainRun before;
  private final @Nullable PlainRun g;
  private final @Nullable PlainRun dc;
  private final RecurrentKernels.Rows body;

  RecurrentBackward(Problem p, Slopes s) {
    this.p = p;
    loops = CellLoops.of(p.dtype());
    tanh = UnaryKernels.tanh(p.dtype());
    hidden = p.hidden();
    bytes = p.dtype().byteSize();
    long rows = p.rows().rows();
    long batch = p.rows().batch();
    gates = PlainRun.of(s.gates(), rows * p.width(), bytes);
    output = PlainRun.of(s.output(), rows * hidden, bytes);
    h0 = PlainRun.of(s.h0(), batch * hidden, bytes);
    dh = PlainRun.of(s.dh(), batch * hidden, bytes);
    d = PlainRun.of(s.d(), rows * p.width(), bytes);
    before = RecurrentKernels.plain(s.before(), rows * hidden, bytes);
    g = RecurrentKernels.plain(s.g(), rows * hidden, bytes);
    dc = RecurrentKernels.plain(s.dc(), batch * hidden, bytes);
    body =
        switch (p.cell()) {
          case LSTM -> this::lstm;
          case GRU -> this::gru;
          case RNN_TANH -> this::tanh;
          case RNN_RELU -> this::relu;
        };
  }

  void run() {
    StepRows rows = p.rows();
    int k = p.cell().gates() * hidden;
    boolean isGru = p.cell() == RecurrentCell.GRU;
    // Behind those of n come the gradients of what the hidden state is multiplied to.
    long first = d.address() + (isGru ? (long) hidden * bytes : 0);
    var weights = new StepProduct.Weights(p.dtype(), false, hidden, k, p.weight());
    try (StepProduct product = StepProduct.of(weights, rows.steps(), rows.batch())) {
      for (int i = rows.steps() - 1; i >= 0; i--) {
        int t = rows.step(i);
        RecurrentKernels.inRows(p, t, body);
        long from = first + rows.start(t) * p.width() * bytes;
        int n = rows.size(t);
        product.multiply(n, from, p.width(), isGru ? 1 : 0, dh.address(), hidden, Epilogue.NONE);
      }
    }
    d.store();
    dh.store();
    RecurrentKernels.store(dc);
  }

  /// Adds the gradient of what leaves the layer at a row to that of what the next step reads.
  private long slope(int r, long row) {
    long size = (long) hidden * bytes;
    long to = dh.address() + r * size;
    if (g != null) {
      loops.add(g.address() + row * size, to, hidden);
    }
    return to;
  }

  private void lstm(int step, int from, int to) {
    long size = (long) hidden * bytes;
    for (int r = from; r < to; r++) {
      long row = p.rows().start(step) + r;
      long gate = gates.address() + 4 * row * size;
      long old = RecurrentKernels.address(before) + row * size;
      long slopes = d.address() + 4 * row * size;
      // The cell is computed again, in the place of one of its gradients.
      MemorySegment.copy(ALL, old, ALL, slopes, size);
      loops.lstmCell(gate, slopes, hidden);
      tanh.apply(ALL, slopes, bytes, ALL, slopes, bytes, hidden);
      long cell = RecurrentKernels.address(dc) + r * size;
      loops.lstmSlope(gate, old, slopes, slope(r, row), cell, slopes, hidden);
    }
  }

  private void gru(int step, int from, int to) {
    long size = (long) hidden * bytes;
    int continued = p.rows().continued(step);
    for (int r = from; r < to; r++) {
      long row = p.rows().start(step) + r;
      long old =
          r < continued
              ? output.address() + (p.rows().before(step) + r) * size
              : h0.address() + r * size;
      long gate = gates.address() + 4 * row * size;
      loops.gruSlope(gate, old, slope(r, row), d.address() + 4 * row * size, hidden);
    }
  }

  private void tanh(int step, int from, int to) {
    long size = (long) hidden * bytes;
    for (int r = from; r < to; r++) {
      long row = (p.rows().start(step) + r) * size;
      long slope = slope(r, p.rows().start(step) + r);
      loops.tanhSlope(output.address() + row, slope, d.address() + row, hidden);
    }
  }

  private void relu(int step, int from, int to) {
    long size = (long) hidden * bytes;
    for (int r = from; r < to; r++) {
      long row = (p.rows().start(step) + r) * size;
      long slope = slope(r, p.rows().start(step) + r);
      loops.reluSlope(output.address() + row, slope, d.address() + row, hidden);
    }
  }

  @Override
  public void close() {
    RecurrentKernels.close(dc);
    RecurrentKernels.close(g);
    RecurrentKernels.close(before);
    d.close();
    dh.close();
    h0.close();
    output.close();
    gates.close();
  }
}

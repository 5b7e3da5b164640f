package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.kernel.RecurrentKernels.Problem;
import dev.gatun.kernel.RecurrentKernels.State;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The steps of [RecurrentKernels#forward]. The hidden state of all sequences that still run is one
/// matrix, which each step's product reads and each step overwrites.
final class RecurrentForward implements AutoCloseable {
  private final Problem p;
  private final CellLoops loops;
  private final UnaryRow sigmoid;
  private final UnaryRow tanh;
  private final int hidden;
  private final int bytes;
  private final PlainRun gates;
  private final PlainRun output;
  private final PlainRun h;
  private final @Nullable PlainRun c;
  private final @Nullable PlainRun before;
  private final @Nullable PlainRun scratch;
  private final @Nullable ElementRun bias;
  private final RecurrentKernels.Rows body;

  RecurrentForward(Problem p, State s) {
    this.p = p;
    loops = CellLoops.of(p.dtype());
    sigmoid = UnaryKernels.sigmoid(p.dtype());
    tanh = UnaryKernels.tanh(p.dtype());
    hidden = p.hidden();
    bytes = p.dtype().byteSize();
    long rows = p.rows().rows();
    long batch = p.rows().batch();
    gates = PlainRun.of(s.gates(), rows * p.width(), bytes);
    output = p.cell().kept() == 0 ? gates : PlainRun.of(s.output(), rows * hidden, bytes);
    h = PlainRun.of(s.h(), batch * hidden, bytes);
    c = RecurrentKernels.plain(s.c(), batch * hidden, bytes);
    before = RecurrentKernels.plain(s.before(), rows * hidden, bytes);
    scratch = RecurrentKernels.plain(s.scratch(), batch * 3 * hidden, bytes);
    bias = s.bias();
    body =
        switch (p.cell()) {
          case LSTM -> this::lstm;
          case GRU -> this::gru;
          case RNN_TANH, RNN_RELU -> this::keep;
        };
  }

  void run() {
    StepRows rows = p.rows();
    int n = p.cell().gates() * hidden;
    var weights = new StepProduct.Weights(p.dtype(), true, n, hidden, p.weight());
    boolean apart = scratch != null;
    long to = apart ? RecurrentKernels.address(scratch) : gates.address();
    long ldc = apart ? n : p.width();
    Epilogue epilogue = epilogue();
    try (StepProduct product = StepProduct.of(weights, rows.steps(), rows.batch())) {
      for (int i = 0; i < rows.steps(); i++) {
        int t = rows.step(i);
        long at = apart ? to : to + rows.start(t) * p.width() * bytes;
        product.multiply(rows.size(t), h.address(), hidden, apart ? 0 : 1, at, ldc, epilogue);
        RecurrentKernels.inRows(p, t, body);
      }
    }
    gates.store();
    output.store();
    h.store();
    RecurrentKernels.store(c);
    RecurrentKernels.store(before);
  }

  private Epilogue epilogue() {
    MemorySegment memory = bias == null ? null : bias.memory();
    return switch (p.cell()) {
      case LSTM -> Epilogue.NONE;
      case GRU -> new Epilogue(memory, bias == null ? 0 : bias.offset(), Activation.NONE);
      case RNN_TANH -> new Epilogue(null, 0, Activation.TANH);
      case RNN_RELU -> new Epilogue(null, 0, Activation.RELU);
    };
  }

  private void lstm(int step, int from, int to) {
    long size = (long) hidden * bytes;
    for (int r = from; r < to; r++) {
      long row = p.rows().start(step) + r;
      long gate = gates.address() + 4 * row * size;
      long cell = RecurrentKernels.address(c) + r * size;
      long next = output.address() + row * size;
      sigmoid.apply(ALL, gate, bytes, ALL, gate, bytes, 2L * hidden);
      tanh.apply(ALL, gate + 2 * size, bytes, ALL, gate + 2 * size, bytes, hidden);
      sigmoid.apply(ALL, gate + 3 * size, bytes, ALL, gate + 3 * size, bytes, hidden);
      if (before != null) {
        MemorySegment.copy(ALL, cell, ALL, before.address() + row * size, size);
      }
      loops.lstmCell(gate, cell, hidden);
      tanh.apply(ALL, cell, bytes, ALL, next, bytes, hidden);
      loops.scale(gate + 3 * size, next, hidden);
      MemorySegment.copy(ALL, next, ALL, h.address() + r * size, size);
    }
  }

  private void gru(int step, int from, int to) {
    long size = (long) hidden * bytes;
    for (int r = from; r < to; r++) {
      long row = p.rows().start(step) + r;
      long gate = gates.address() + 4 * row * size;
      long part = RecurrentKernels.address(scratch) + 3L * r * size;
      long state = h.address() + r * size;
      loops.add(part, gate, 2 * hidden);
      sigmoid.apply(ALL, gate, bytes, ALL, gate, bytes, 2L * hidden);
      loops.gruMix(gate, part, hidden);
      tanh.apply(ALL, gate + 2 * size, bytes, ALL, gate + 2 * size, bytes, hidden);
      loops.gruHidden(gate, state, hidden);
      MemorySegment.copy(ALL, state, ALL, output.address() + row * size, size);
    }
  }

  /// The product did everything else.
  private void keep(int step, int from, int to) {
    long size = (long) hidden * bytes;
    long row = output.address() + (p.rows().start(step) + from) * size;
    MemorySegment.copy(ALL, row, ALL, h.address() + from * size, (to - from) * size);
  }

  @Override
  public void close() {
    RecurrentKernels.close(scratch);
    RecurrentKernels.close(before);
    RecurrentKernels.close(c);
    h.close();
    if (output != gates) {
      output.close();
    }
    gates.close();
  }
}

package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.HiddenStates;
import dev.gatun.tensor.LstmStates;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/// [RNN], [LSTM], [GRU] and their cells.
final class RecurrentModules {
  private static final RecurrentOptions SMALL = RecurrentOptions.of(3, 2);
  private static final RecurrentOptions DEEP =
      SMALL.numLayers(2).bias(false).batchFirst(true).dropout(0.5).bidirectional(true);

  private RecurrentModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("RNN-module", dtype -> rnn(SMALL, dtype)),
        row("RNN-module-unbatched", dtype -> rnn(SMALL, dtype)),
        row("RNN-module-states", dtype -> rnn(SMALL, dtype), RecurrentModules::states),
        row("RNN-module-deep", dtype -> eval(rnn(DEEP, dtype)), RecurrentModules::states),
        row(
            "RNN-module-relu",
            dtype -> new RNN(SMALL.bidirectional(true), Nonlinearity.RELU, dtype),
            RecurrentModules::states),
        row("LSTM-module", dtype -> new LSTM(SMALL, dtype)),
        row("LSTM-module-unbatched", dtype -> new LSTM(SMALL, dtype)),
        row("LSTM-module-states", dtype -> new LSTM(SMALL, dtype), RecurrentModules::states),
        row("LSTM-module-deep", dtype -> eval(new LSTM(DEEP, dtype)), RecurrentModules::states),
        row(
            "LSTM-module-projected",
            dtype -> new LSTM(RecurrentOptions.of(3, 3).numLayers(2), 2, dtype, Generator.shared()),
            RecurrentModules::states),
        row(
            "LSTM-module-packed",
            dtype -> new LSTM(SMALL.bidirectional(true), dtype),
            RecurrentModules::packed),
        row(
            "LSTM-module-packed-projected",
            dtype ->
                new LSTM(
                    RecurrentOptions.of(3, 3).bidirectional(true), 1, dtype, Generator.shared()),
            RecurrentModules::packed),
        row("GRU-module", dtype -> new GRU(SMALL, dtype)),
        row("GRU-module-unbatched", dtype -> new GRU(SMALL, dtype)),
        row("GRU-module-states", dtype -> new GRU(SMALL, dtype), RecurrentModules::states),
        row("GRU-module-deep", dtype -> eval(new GRU(DEEP, dtype)), RecurrentModules::states),
        row("GRU-module-packed", dtype -> new GRU(SMALL, dtype), RecurrentModules::packed),
        row("RNNCell-module", dtype -> cell(true, Nonlinearity.TANH, dtype)),
        row(
            "RNNCell-module-relu",
            dtype -> cell(false, Nonlinearity.RELU, dtype),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("h")))),
        row(
            "GRUCell-module",
            dtype -> new GRUCell(3, 2, true, dtype, Generator.shared()),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("h")))),
        row(
            "GRUCell-module-unbatched",
            dtype -> new GRUCell(3, 2, false, dtype, Generator.shared()),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("h")))),
        row(
            "LSTMCell-module",
            dtype -> new LSTMCell(3, 2, true, dtype, Generator.shared()),
            (m, in) -> {
              LSTMCell.State next = m.forward(in.get("x"), in.get("h"), in.get("c"));
              return List.of(next.h(), next.c());
            }),
        row(
            "LSTMCell-module-unbatched",
            dtype -> new LSTMCell(3, 2, true, dtype, Generator.shared()),
            (m, in) -> List.of(m.forward(in.get("x"), null, null).c())));
  }

  private static RNN rnn(RecurrentOptions options, DType dtype) {
    return new RNN(options, Nonlinearity.TANH, dtype);
  }

  private static RNNCell cell(boolean bias, Nonlinearity nonlinearity, DType dtype) {
    return new RNNCell(3, 2, bias, nonlinearity, dtype, Generator.shared());
  }

  private static <M extends Module> M eval(M module) {
    module.eval();
    return module;
  }

  private static List<Tensor> states(RecurrentLayer layer, Checks.Inputs in) {
    Tensor x = in.get("x");
    Tensor h = in.get("h");
    return switch (layer) {
      case RNN rnn -> list(rnn.forward(x, h));
      case GRU gru -> list(gru.forward(x, h));
      case LSTM lstm -> {
        LstmStates all = lstm.forward(x, h, in.get("c"));
        yield List.of(all.output(), all.h(), all.c());
      }
    };
  }

  private static List<Tensor> list(HiddenStates all) {
    return List.of(all.output(), all.h());
  }

  private static List<Tensor> packed(RecurrentLayer layer, Checks.Inputs in) {
    Tensor x = in.get("x");
    if (layer instanceof LSTM lstm) {
      PackedSequence packed = RnnUtils.packPaddedSequence(x, new long[] {2, 4, 1}, false, false);
      PackedStates all = lstm.forward(packed, in.get("h"), in.get("c"));
      Tensor output = RnnUtils.padPackedSequence(all.output(), false).output();
      return List.of(output, all.h(), Objects.requireNonNull(all.c()));
    }
    PackedSequence packed = RnnUtils.packPaddedSequence(x, new long[] {3, 2, 2}, false, true);
    PackedStates all = ((GRU) layer).forward(packed, null);
    return List.of(RnnUtils.padPackedSequence(all.output(), false).output(), all.h());
  }
}

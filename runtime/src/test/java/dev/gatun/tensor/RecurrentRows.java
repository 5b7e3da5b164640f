package dev.gatun.tensor;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.ArrayList;
import java.util.List;

/// Rows of [RecurrentOps].
final class RecurrentRows {
  private RecurrentRows() {}

  /// One of the operations on the inputs of a golden case, which are in the order of the results.
  private interface Layer {
    List<Tensor> run(
        Tensor x, List<Tensor> states, RecurrentWeights w, boolean back, long... sizes);
  }

  static List<Family> families() {
    return List.of(
        family("lstm", 2, RecurrentRows::lstm),
        family("gru", 1, (x, s, w, back, n) -> list(x.gru(w, s.get(0), back, n))),
        family("rnnTanh", 1, (x, s, w, back, n) -> list(x.rnnTanh(w, s.get(0), back, n))),
        family("rnnRelu", 1, (x, s, w, back, n) -> list(x.rnnRelu(w, s.get(0), back, n))));
  }

  private static List<Tensor> lstm(
      Tensor x, List<Tensor> states, RecurrentWeights w, boolean back, long... sizes) {
    LstmStates all = x.lstm(w, states.get(0), states.get(1), back, sizes);
    return List.of(all.output(), all.h(), all.c());
  }

  private static List<Tensor> list(HiddenStates states) {
    return List.of(states.output(), states.h());
  }

  private static Family family(String op, int states, Layer layer) {
    List<Row> rows = new ArrayList<>();
    rows.add(row(op, states, layer, false));
    rows.add(row(op + "-reverse", states, layer, true));
    rows.add(row(op + "-nobias", states, layer, false));
    rows.add(row(op + "-one-step", states, layer, false));
    rows.add(row(op + "-packed", states, layer, false, 3, 2, 1));
    rows.add(row(op + "-packed-reverse", states, layer, true, 3, 3, 1));
    rows.add(picked(row(op + "-last", states, layer, false), 1, 0));
    rows.add(picked(row(op + "-last-packed", states, layer, false, 3, 1, 1), 1, 0));
    rows.add(row(op + "-hidden-3", states, layer, false));
    rows.add(row(op + "-empty", states, layer, false));
    if (states == 2) {
      rows.add(picked(row(op + "-cell", states, layer, false), 2, 1, 0));
      rows.add(picked(row(op + "-cell-packed", states, layer, true, 3, 1, 1), 2, 0));
    }
    return new Family(op + ".txt", rows);
  }

  private static Row row(String name, int states, Layer layer, boolean back, long... sizes) {
    return new Row(
        name,
        false,
        in -> {
          boolean biased = in.size() > states + 3;
          RecurrentWeights weights =
              new RecurrentWeights(
                  in.get(states + 1),
                  in.get(states + 2),
                  biased ? in.get(states + 3) : null,
                  biased ? in.get(states + 4) : null);
          return layer.run(in.get(0), in.subList(1, states + 1), weights, back, sizes);
        });
  }

  private static Row picked(Row row, int... order) {
    return new Row(
        row.name(),
        false,
        in -> {
          List<Tensor> all = row.function().apply(in);
          List<Tensor> some = new ArrayList<>();
          for (int k : order) {
            some.add(all.get(k));
          }
          return some;
        });
  }
}

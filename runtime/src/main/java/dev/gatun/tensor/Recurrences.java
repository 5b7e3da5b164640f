package dev.gatun.tensor;

import dev.gatun.kernel.RecurrentCell;
import dev.gatun.kernel.StepRows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the methods of [RecurrentOps] do: checks, and the shapes that [Recurrent] does not know.
final class Recurrences {
  private Recurrences() {}

  /// The output and the last states, in the shape of `x`.
  static List<Tensor> run(
      RecurrentCell cell,
      Tensor x,
      RecurrentWeights w,
      Tensor h0,
      @Nullable Tensor c0,
      boolean reverse,
      long... batchSizes) {
    String op = name(cell);
    long[] sizes = sizes(op, x, batchSizes);
    checkWeights(op, cell, x, w);
    checkState(op, "h0", x, h0, sizes[0], w.hidden().shape[1]);
    if (c0 != null) {
      checkState(op, "c0", x, c0, sizes[0], w.hidden().shape[1]);
    }
    StepRows rows = new StepRows(sizes, reverse);
    Tensor flat = x.reshape(rows.rows(), w.inputs().shape[1]).contiguous();
    Recurrent layer = new Recurrent(cell, Size.of(sizes), reverse, w.inputBias() != null);
    List<Tensor> all = layer.apply(inputs(flat, w, h0, c0));
    long[] shape = x.shape.clone();
    shape[shape.length - 1] = w.hidden().shape[1];
    Tensor output = all.get(0);
    return c0 == null
        ? List.of(output.view(shape), all.get(1))
        : List.of(output.view(shape), all.get(1), all.get(2));
  }

  static String name(RecurrentCell cell) {
    return switch (cell) {
      case RNN_TANH -> "rnnTanh";
      case RNN_RELU -> "rnnRelu";
      case LSTM -> "lstm";
      case GRU -> "gru";
    };
  }

  private static Tensor[] inputs(Tensor x, RecurrentWeights w, Tensor h0, @Nullable Tensor c0) {
    Tensor[] all = new Tensor[7];
    int n = 0;
    all[n++] = x;
    all[n++] = w.inputs().contiguous();
    all[n++] = w.hidden().contiguous();
    all[n++] = h0.contiguous();
    if (c0 != null) {
      all[n++] = c0.contiguous();
    }
    if (w.inputBias() != null && w.hiddenBias() != null) {
      all[n++] = w.inputBias().contiguous();
      all[n++] = w.hiddenBias().contiguous();
    }
    return Arrays.copyOf(all, n);
  }

  /// The number of rows of each step.
  private static long[] sizes(String op, Tensor x, long... batchSizes) {
    Arithmetic.floating(op, x, x);
    if (batchSizes.length == 0) {
      if (x.shape.length != 3 || x.shape[0] == 0) {
        throw new ShapeException(
            "%s: needs [steps, batch, in] with at least one step, got %s"
                .formatted(op, Shapes.format(x.shape)));
      }
      long[] sizes = new long[Math.toIntExact(x.shape[0])];
      Arrays.fill(sizes, x.shape[1]);
      return sizes;
    }
    long sum = 0;
    for (int t = 0; t < batchSizes.length; t++) {
      if (batchSizes[t] < 1 || (t > 0 && batchSizes[t] > batchSizes[t - 1])) {
        throw new ShapeException(
            "%s: rows of steps must be positive and must not grow: %s"
                .formatted(op, Shapes.format(batchSizes)));
      }
      sum += batchSizes[t];
    }
    if (x.shape.length != 2 || x.shape[0] != sum) {
      throw new ShapeException(
          "%s: packed rows do not fit: %s with rows of steps %s (%d)"
              .formatted(op, Shapes.format(x.shape), Shapes.format(batchSizes), sum));
    }
    return batchSizes.clone();
  }

  private static void checkWeights(String op, RecurrentCell cell, Tensor x, RecurrentWeights w) {
    long in = x.shape[x.shape.length - 1];
    long[] hidden = w.hidden().shape;
    if (hidden.length != 2 || hidden[1] == 0 || hidden[0] != cell.gates() * hidden[1]) {
      throw new ShapeException(
          "%s: hidden weights must be [%d hidden, hidden]: %s"
              .formatted(op, cell.gates(), Shapes.format(hidden)));
    }
    requireShape(op, "weights of the input", x, w.inputs(), hidden[0], in);
    Arithmetic.same(op, x, w.hidden());
    Tensor inputBias = w.inputBias();
    Tensor hiddenBias = w.hiddenBias();
    if ((inputBias == null) != (hiddenBias == null)) {
      throw new IllegalArgumentException(op + ": there are two biases or none");
    }
    if (inputBias != null && hiddenBias != null) {
      requireShape(op, "bias of the input", x, inputBias, hidden[0]);
      requireShape(op, "hidden bias", x, hiddenBias, hidden[0]);
    }
  }

  private static void checkState(
      String op, String name, Tensor x, Tensor state, long batch, long hidden) {
    requireShape(op, name, x, state, batch, hidden);
  }

  private static void requireShape(
      String op, String name, Tensor x, Tensor given, long... expected) {
    Arithmetic.same(op, x, given);
    if (!Arrays.equals(given.shape, expected)) {
      throw new ShapeException(
          "%s: %s must be %s for input %s: %s"
              .formatted(
                  op,
                  name,
                  Shapes.format(expected),
                  Shapes.format(x.shape),
                  Shapes.format(given.shape)));
    }
  }
}

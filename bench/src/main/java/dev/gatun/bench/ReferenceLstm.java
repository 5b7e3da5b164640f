package dev.gatun.bench;

import static dev.gatun.bench.compare.Recurrence.BATCH;
import static dev.gatun.bench.compare.Recurrence.HIDDEN;
import static dev.gatun.bench.compare.Recurrence.INPUTS;
import static dev.gatun.bench.compare.Recurrence.LR;
import static dev.gatun.bench.compare.Recurrence.STEPS;

import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.Recurrence;

/// An LSTM in doubles: a copy to check others against. Row by row and sequence by sequence.
public final class ReferenceLstm {
  private static final int GATES = 4 * HIDDEN;
  private static final int ROWS = STEPS * BATCH;

  private final double[] x;
  private final double[] inputWeights;
  private final double[] hiddenWeights;
  private final double[] inputBias;
  private final double[] hiddenBias;
  private final double[] gates = new double[ROWS * GATES];
  private final double[] cells = new double[ROWS * HIDDEN];
  private final double[] output = new double[ROWS * HIDDEN];

  /// Copies the parameters.
  ///
  /// @param work whose
  public ReferenceLstm(Recurrence work) {
    x = Inputs.doubles(work.x());
    inputWeights = Inputs.doubles(work.inputWeights());
    hiddenWeights = Inputs.doubles(work.hiddenWeights());
    inputBias = Inputs.doubles(work.inputBias());
    hiddenBias = Inputs.doubles(work.hiddenBias());
  }

  /// What the last [#forward()] computed.
  ///
  /// @return `[STEPS,BATCH,HIDDEN]`
  public double[] output() {
    return output;
  }

  /// Computes the output.
  public void forward() {
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < GATES; j++) {
        double sum = inputBias[j] + hiddenBias[j] + dot(x, row * INPUTS, inputWeights, j, INPUTS);
        if (row >= BATCH) {
          sum += dot(output, (row - BATCH) * HIDDEN, hiddenWeights, j, HIDDEN);
        }
        boolean isCell = j / HIDDEN == 2;
        gates[row * GATES + j] = isCell ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
      }
      for (int k = 0; k < HIDDEN; k++) {
        int g = row * GATES + k;
        double before = row < BATCH ? 0 : cells[(row - BATCH) * HIDDEN + k];
        double cell = gates[g + HIDDEN] * before + gates[g] * gates[g + 2 * HIDDEN];
        cells[row * HIDDEN + k] = cell;
        output[row * HIDDEN + k] = gates[g + 3 * HIDDEN] * Math.tanh(cell);
      }
    }
  }

  private static double dot(double[] a, int at, double[] weights, int row, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[at + i] * weights[row * n + i];
    }
    return sum;
  }

  /// Computes the mean of the squares of the output.
  ///
  /// @param learns whether to descend afterwards
  /// @return the loss before
  public double step(boolean learns) {
    forward();
    double loss = 0;
    for (double value : output) {
      loss += value * value / output.length;
    }
    if (learns) {
      descend();
    }
    return loss;
  }

  private void descend() {
    double[] slopes = slopes();
    double[] inputs = new double[inputWeights.length];
    double[] hidden = new double[hiddenWeights.length];
    double[] bias = new double[GATES];
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < GATES; j++) {
        double d = slopes[row * GATES + j];
        bias[j] += d;
        add(d, x, row * INPUTS, inputs, j * INPUTS, INPUTS);
        if (row >= BATCH) {
          add(d, output, (row - BATCH) * HIDDEN, hidden, j * HIDDEN, HIDDEN);
        }
      }
    }
    add(-LR, inputs, 0, inputWeights, 0, inputs.length);
    add(-LR, hidden, 0, hiddenWeights, 0, hidden.length);
    add(-LR, bias, 0, inputBias, 0, GATES);
    add(-LR, bias, 0, hiddenBias, 0, GATES);
  }

  private static void add(double factor, double[] a, int at, double[] sum, int to, int n) {
    for (int i = 0; i < n; i++) {
      sum[to + i] += factor * a[at + i];
    }
  }

  /// Gradients of the sums of the gates.
  private double[] slopes() {
    double[] slopes = new double[gates.length];
    double[] dc = new double[BATCH * HIDDEN];
    double[] dh = new double[BATCH * HIDDEN];
    for (int row = ROWS - 1; row >= 0; row--) {
      int state = row % BATCH * HIDDEN;
      for (int k = 0; k < HIDDEN; k++) {
        int g = row * GATES + k;
        double in = gates[g];
        double keep = gates[g + HIDDEN];
        double fresh = gates[g + 2 * HIDDEN];
        double out = gates[g + 3 * HIDDEN];
        double tanh = Math.tanh(cells[row * HIDDEN + k]);
        double before = row < BATCH ? 0 : cells[(row - BATCH) * HIDDEN + k];
        double h = dh[state + k] + 2 * output[row * HIDDEN + k] / output.length;
        double c = dc[state + k] + h * out * (1 - tanh * tanh);
        slopes[g] = c * fresh * in * (1 - in);
        slopes[g + HIDDEN] = c * before * keep * (1 - keep);
        slopes[g + 2 * HIDDEN] = c * in * (1 - fresh * fresh);
        slopes[g + 3 * HIDDEN] = h * tanh * out * (1 - out);
        dc[state + k] = c * keep;
        dh[state + k] = 0;
      }
      for (int j = 0; j < GATES; j++) {
        add(slopes[row * GATES + j], hiddenWeights, j * HIDDEN, dh, state, HIDDEN);
      }
    }
    return slopes;
  }
}

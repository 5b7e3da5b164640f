package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Connectionist temporal classification (Graves and others, 2006): minus the logarithm of the
/// probability of all ways to read the labels of a sample from its steps, and its gradient.
///
/// A way takes one symbol at each step; repeated symbols and blanks are then left out. With the
/// labels and a blank before, between and behind them as states, the recursion goes forward over
/// the steps for the loss, and backward too for the gradient, in logarithms and F64. Results do not
/// depend on the number of threads: a sample is one task.
public final class CtcKernels {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /// Cells of the recursion from which on samples are spread over threads.
  private static final long LARGE = 4096;

  private CtcKernels() {}

  /// What forward and backward have in common.
  ///
  /// @param dtype F32 or F64
  /// @param logits logarithms of probabilities, `[steps, batch, classes]`, contiguous
  /// @param batch number of samples
  /// @param classes number of symbols, the blank among them
  /// @param states of each sample, the labels with a blank before, between and behind them
  /// @param lengths of each sample, in steps
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Problem(
      DType dtype, ElementRun logits, int batch, int classes, int[][] states, int[] lengths) {
    private long at(long step, int sample, int symbol) {
      return logits.at((step * batch + sample) * classes + symbol, dtype.byteSize());
    }

    private double get(long step, int sample, int symbol) {
      return Element.asDouble(dtype, logits.memory(), at(step, sample, symbol));
    }

    private void each(IntConsumer task) {
      long cells = 0;
      for (int i = 0; i < batch; i++) {
        cells += (long) lengths[i] * states[i].length;
      }
      if (cells < LARGE) {
        for (int i = 0; i < batch; i++) {
          task.accept(i);
        }
      } else {
        Workers.run(batch, task);
      }
    }

    private Problem over(ElementRun other) {
      return new Problem(dtype, other, batch, classes, states, lengths);
    }
  }

  /// Computes the loss of each sample; infinite where its labels do not fit its steps.
  ///
  /// @param p the problem
  /// @return one loss for each sample
  public static double[] forward(Problem p) {
    Problem shared = p.over(p.logits.alias());
    double[] losses = new double[p.batch];
    shared.each(sample -> losses[sample] = loss(shared, sample, null));
    return losses;
  }

  /// Adds the gradients with respect to the logarithms.
  ///
  /// @param p the problem
  /// @param losses what forward computed
  /// @param factors one for each sample; where it is 0, nothing is added
  /// @param gradient of the shape and dtype of the logarithms, all 0
  public static void backward(Problem p, double[] losses, double[] factors, ElementRun gradient) {
    Problem shared = p.over(p.logits.alias());
    Problem result = p.over(gradient.alias());
    shared.each(sample -> {
      if (factors[sample] != 0) {
        backward(shared, result, sample, losses[sample], factors[sample]);
      }
    });
  }

  /// Goes forward; keeps all steps where there is room.
  private static double loss(Problem p, int sample, double @Nullable [][] all) {
    int[] states = p.states[sample];
    int steps = p.lengths[sample];
    int count = states.length;
    if (steps == 0) {
      return count == 1 ? 0 : Double.POSITIVE_INFINITY;
    }
    double[] now = all == null ? new double[count] : all[0];
    double[] next = new double[count];
    Arrays.fill(now, NEVER);
    now[0] = p.get(0, sample, states[0]);
    if (count > 1) {
      now[1] = p.get(0, sample, states[1]);
    }
    for (int t = 1; t < steps; t++) {
      double[] to = all == null ? next : all[t];
      for (int s = 0; s < count; s++) {
        double one = s > 0 ? now[s - 1] : NEVER;
        double two = s > 1 && states[s] != states[s - 2] ? now[s - 2] : NEVER;
        to[s] = sum(now[s], one, two) + p.get(t, sample, states[s]);
      }
      next = now;
      now = to;
    }
    return -sum(now[count - 1], count > 1 ? now[count - 2] : NEVER, NEVER);
  }

  private static void backward(Problem p, Problem result, int sample, double loss, double factor) {
    int[] states = p.states[sample];
    int steps = p.lengths[sample];
    int count = states.length;
    double[][] forward = new double[steps][count];
    double _ = loss(p, sample, forward);
    double[] now = new double[count];
    double[] next = new double[count];
    for (int t = steps - 1; t >= 0; t--) {
      for (int s = 0; s < count; s++) {
        double one = s + 1 < count ? next[s + 1] : NEVER;
        double two = s + 2 < count && states[s] != states[s + 2] ? next[s + 2] : NEVER;
        double end = s >= count - 2 ? 0 : NEVER;
        double rest = t == steps - 1 ? end : sum(next[s], one, two);
        double ways = forward[t][s] + rest;
        now[s] = rest + p.get(t, sample, states[s]);
        if (ways != NEVER) {
          add(result, t, sample, states[s], -factor * Math.exp(ways + loss));
        }
      }
      double[] spare = next;
      next = now;
      now = spare;
    }
    if (loss == Double.POSITIVE_INFINITY) {
      // No way at all: as PyTorch, infinity less infinity.
      for (int t = 0; t < steps; t++) {
        for (int c = 0; c < p.classes; c++) {
          add(result, t, sample, c, Double.NaN);
        }
      }
    }
  }

  private static void add(Problem result, int t, int sample, int symbol, double value) {
    double before = result.get(t, sample, symbol);
    long at = result.at(t, sample, symbol);
    Element.store(result.dtype, result.logits.memory(), at, before + value);
  }

  /// The logarithm of the sum of exponentials.
  private static double sum(double a, double b, double c) {
    double most = Math.max(a, Math.max(b, c));
    if (most == NEVER) {
      return NEVER;
    }
    return most + Math.log(Math.exp(a - most) + Math.exp(b - most) + Math.exp(c - most));
  }
}

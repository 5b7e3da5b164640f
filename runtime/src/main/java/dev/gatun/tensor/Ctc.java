package dev.gatun.tensor;

import dev.gatun.kernel.CtcKernels;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// Connectionist temporal classification.
final class Ctc {
  private Ctc() {}

  /// The loss of each sample of `[T, N, C]`, contiguous. The attributes are its own.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record CtcLoss(int[][] states, int[] lengths, boolean zeroInfinity) implements Op.Unary {
    private CtcKernels.Problem problem(Tensor x) {
      return new CtcKernels.Problem(
          x.dtype, Fused.readable(x), states.length, Math.toIntExact(x.shape[2]), states, lengths);
    }

    @Override
    public Tensor forward(Tensor x) {
      double[] losses = CtcKernels.forward(problem(x));
      if (zeroInfinity) {
        for (int i = 0; i < losses.length; i++) {
          losses[i] = losses[i] == Double.POSITIVE_INFINITY ? 0 : losses[i];
        }
      }
      Tensor y = Tensor.of(losses, losses.length);
      return x.dtype == DType.F64 ? y : y.to(x.dtype);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      if (Tape.isRecording()) {
        throw new UnsupportedOperationException("ctcLoss: has no second derivative");
      }
      Tensor x = node.input(0);
      CtcKernels.Problem problem = problem(x);
      double[] losses = CtcKernels.forward(problem);
      double[] factors = g.toDoubleArray();
      for (int i = 0; i < losses.length; i++) {
        if (zeroInfinity && losses[i] == Double.POSITIVE_INFINITY) {
          factors[i] = 0;
        }
      }
      Tensor y = Tensor.zeros(x.dtype, x.shape);
      CtcKernels.backward(problem, losses, factors, Fused.writable(y));
      return y;
    }
  }

  static Tensor loss(
      Tensor x, Tensor targets, long[] steps, long[] labels, long blank, boolean zeroInfinity) {
    Arithmetic.floating("ctcLoss", x, x);
    if (x.shape.length != 3) {
      throw new ShapeException("ctcLoss: input must be [T,N,C]: " + Shapes.format(x.shape));
    }
    if (blank < 0 || blank >= x.shape[2]) {
      throw new IndexOutOfBoundsException(
          "ctcLoss: blank out of range: %d (expected 0..%d)".formatted(blank, x.shape[2] - 1));
    }
    int batch = Math.toIntExact(x.shape[1]);
    lengths("input", steps, batch, x.shape[0]);
    int[][] states = states(targets, labels, batch, x.shape[2], Math.toIntExact(blank));
    int[] lengths = Arrays.stream(steps).mapToInt(Math::toIntExact).toArray();
    return new CtcLoss(states, lengths, zeroInfinity).apply(x.contiguous());
  }

  private static void lengths(String what, long[] lengths, int batch, long most) {
    if (lengths.length != batch) {
      throw new ShapeException(
          "ctcLoss: needs one %s length for each sample: %d (expected %d)"
              .formatted(what, lengths.length, batch));
    }
    for (long length : lengths) {
      if (length < 0 || length > most) {
        throw new IllegalArgumentException(
            "ctcLoss: %s length out of range: %d (expected 0..%d)".formatted(what, length, most));
      }
    }
  }

  /// The labels of each sample with a blank before, between and behind them.
  private static int[][] states(Tensor targets, long[] labels, int batch, long classes, int blank) {
    if (targets.dtype != DType.I64 && targets.dtype != DType.I32) {
      throw Arithmetic.unsupported("ctcLoss", targets, "labels as I64");
    }
    boolean padded = targets.shape.length == 2;
    long total = Arrays.stream(labels).sum();
    lengths("target", labels, batch, padded ? targets.shape[1] : total);
    boolean fits =
        padded ? targets.shape[0] == batch : targets.shape.length == 1 && targets.shape[0] == total;
    if (!fits) {
      throw new ShapeException(
          "ctcLoss: targets must be [N,S] or [the sum of their lengths]: %s (%d samples, %d labels)"
              .formatted(Shapes.format(targets.shape), batch, total));
    }
    long[] all = targets.to(DType.I64).toLongArray();
    int[][] states = new int[batch][];
    long at = 0;
    for (int i = 0; i < batch; i++) {
      int count = Math.toIntExact(labels[i]);
      states[i] = new int[2 * count + 1];
      Arrays.fill(states[i], blank);
      long from = padded ? i * targets.shape[1] : at;
      for (int j = 0; j < count; j++) {
        long label = all[Math.toIntExact(from + j)];
        if (label < 0 || label >= classes) {
          throw new IndexOutOfBoundsException(
              "ctcLoss: target out of range: %d (expected 0..%d)".formatted(label, classes - 1));
        }
        states[i][2 * j + 1] = (int) label;
      }
      at += count;
    }
    return states;
  }
}

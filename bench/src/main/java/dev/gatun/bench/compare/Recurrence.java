package dev.gatun.bench.compare;

import dev.gatun.bench.ReferenceLstm;
import java.util.Arrays;

/// An LSTM over a batch of sequences; its loss is the mean of the squares of all outputs.
///
/// @param training whether it is a step of training
public record Recurrence(boolean training) implements Layer {
  /// Steps of a sequence.
  public static final int STEPS = 100;

  /// Sequences.
  public static final int BATCH = 32;

  /// Elements of an input.
  public static final int INPUTS = 128;

  /// Elements of a hidden state.
  public static final int HIDDEN = 256;

  /// The learning rate.
  public static final double LR = 4;

  private static final double BOUND = 0.1;

  @Override
  public String name() {
    return "lstm 128 to 256, 100 steps, batch 32" + (training ? ", training" : "");
  }

  /// The sequences.
  ///
  /// @return `[STEPS,BATCH,INPUTS]`
  public float[] x() {
    return Inputs.uniform(21, STEPS * BATCH * INPUTS, 2);
  }

  /// The weights of the input.
  ///
  /// @return `[4 HIDDEN,INPUTS]`
  public float[] inputWeights() {
    return Inputs.uniform(22, 4 * HIDDEN * INPUTS, BOUND);
  }

  /// The weights of the hidden state.
  ///
  /// @return `[4 HIDDEN,HIDDEN]`
  public float[] hiddenWeights() {
    return Inputs.uniform(23, 4 * HIDDEN * HIDDEN, BOUND);
  }

  /// The bias of the input.
  ///
  /// @return `[4 HIDDEN]`
  public float[] inputBias() {
    return Inputs.uniform(24, 4 * HIDDEN, BOUND);
  }

  /// The bias of the hidden state.
  ///
  /// @return `[4 HIDDEN]`
  public float[] hiddenBias() {
    return Inputs.uniform(25, 4 * HIDDEN, BOUND);
  }

  @Override
  public void check(double[] got) {
    ReferenceLstm reference = new ReferenceLstm(this);
    if (training) {
      double[] want = new double[Training.CHECKED_STEPS];
      Arrays.setAll(want, i -> reference.step(i + 1 < want.length));
      Inputs.requireClose(name(), got, want, 1e-5);
    } else {
      reference.forward();
      Inputs.requireClose(name(), got, reference.output(), 2e-5);
    }
  }
}

package dev.gatun.bench.coldstart;

import java.io.IOException;

/// Plain loops, without any library: what the JVM itself takes.
public final class LoopsAnswer {
  private LoopsAnswer() {}

  /// Answers once.
  ///
  /// @param args the file of numbers
  /// @throws IOException if it cannot be read
  public static void main(String[] args) throws IOException {
    Digits digits = Digits.read(args[0]);
    int[] sizes = Digits.sizes();
    float[][] weights = new float[sizes.length][];
    float[][] biases = new float[sizes.length][];
    for (int i = 1; i < sizes.length; i++) {
      weights[i] = digits.next(sizes[i] * sizes[i - 1]);
      biases[i] = digits.next(sizes[i]);
    }
    float[] x = digits.next(sizes[0]);
    for (int i = 1; i < sizes.length; i++) {
      x = layer(x, weights[i], biases[i], i < sizes.length - 1);
    }
    Answer.tell(x);
  }

  private static float[] layer(float[] x, float[] weight, float[] bias, boolean relu) {
    float[] y = new float[bias.length];
    for (int i = 0; i < y.length; i++) {
      float sum = bias[i];
      for (int j = 0; j < x.length; j++) {
        sum += weight[i * x.length + j] * x[j];
      }
      y[i] = relu ? Math.max(0, sum) : sum;
    }
    return y;
  }
}

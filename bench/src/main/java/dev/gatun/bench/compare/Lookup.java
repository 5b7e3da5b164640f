package dev.gatun.bench.compare;

import java.util.Arrays;

/// Rows of a table of words; its loss is half the sum of the squares of all elements taken.
///
/// @param training whether it is a step of training
public record Lookup(boolean training) implements Layer {
  /// Rows of the table.
  public static final int WORDS = 50_000;

  /// Elements of a row.
  public static final int WIDTH = 256;

  /// Sequences.
  public static final int BATCH = 32;

  /// Words of a sequence.
  public static final int LENGTH = 128;

  /// The learning rate.
  public static final double LR = 0.1;

  @Override
  public String name() {
    return "embedding 50000x256 of 32x128" + (training ? ", training" : "");
  }

  /// The table.
  ///
  /// @return `[WORDS,WIDTH]`
  public float[] table() {
    return Inputs.uniform(26, WORDS * WIDTH, 1);
  }

  /// The words, some more than once.
  ///
  /// @return `[BATCH,LENGTH]`
  public long[] index() {
    long[] index = new long[BATCH * LENGTH];
    Arrays.setAll(index, i -> i % 8 == 0 ? i / 64 : i * 104_729L % WORDS);
    return index;
  }

  @Override
  public void check(double[] got) {
    float[] table = table();
    long[] index = index();
    if (!training) {
      double[] want = new double[index.length * WIDTH];
      Arrays.setAll(want, i -> table[(int) index[i / WIDTH] * WIDTH + i % WIDTH]);
      Inputs.requireClose(name(), got, want, 0);
      return;
    }
    int[] counts = new int[WORDS];
    for (long word : index) {
      counts[(int) word]++;
    }
    double[] want = new double[Training.CHECKED_STEPS];
    for (int i = 0; i < table.length; i++) {
      int count = counts[i / WIDTH];
      double value = table[i];
      for (int step = 0; step < want.length && count > 0; step++) {
        want[step] += count * value * value / 2;
        value -= LR * count * value;
      }
    }
    Inputs.requireClose(name(), got, want, 1e-4);
  }
}

package dev.gatun.bench.compare;

import dev.gatun.bench.ReferenceLeNet;
import java.util.Arrays;
import java.util.Random;

/// A step of training LeNet (LeCun et al., 1998) by plain gradient descent, as the tutorials have
/// it: two convolutions of 5×5, each with a sigmoid and an average of 2×2, and three linear layers
/// with sigmoids between them.
public record LeNet() implements Layer {
  /// Images.
  public static final int BATCH = 64;

  /// Lines and columns of an image.
  public static final int SIDE = 28;

  /// Lines and columns of a kernel.
  public static final int KERNEL = 5;

  /// Zeros around the first layer's images.
  public static final int PADDING = 2;

  /// Classes.
  public static final int CLASSES = 10;

  /// The learning rate.
  public static final double LR = 0.5;

  private static final long[][] SHAPES = {
    {6, 1, 5, 5}, {16, 6, 5, 5}, {120, 400}, {84, 120}, {10, 84}
  };

  @Override
  public String name() {
    return "lenet batch 64, training";
  }

  @Override
  public boolean training() {
    return true;
  }

  /// How many layers have parameters.
  ///
  /// @return the number
  public static int layers() {
    return SHAPES.length;
  }

  /// The shape of a weight.
  ///
  /// @param layer which
  /// @return its sizes; its bias has the first one
  public static long[] shape(int layer) {
    return SHAPES[layer].clone();
  }

  /// A weight.
  ///
  /// @param layer which
  /// @return row-major, in the shape of [#shape(int)]
  public float[] weight(int layer) {
    long count = Arrays.stream(SHAPES[layer]).reduce(1, (a, b) -> a * b);
    return Inputs.uniform(
        41 + layer, (int) count, 2 / Math.sqrt((double) count / SHAPES[layer][0]));
  }

  /// A bias.
  ///
  /// @param layer which
  /// @return one number for each output
  public float[] bias(int layer) {
    return Inputs.uniform(51 + layer, (int) SHAPES[layer][0], 0.1);
  }

  /// The images.
  ///
  /// @return `[BATCH,1,SIDE,SIDE]`
  public float[] x() {
    return Inputs.uniform(40, BATCH * SIDE * SIDE, 1);
  }

  /// Their classes.
  ///
  /// @return `[BATCH]`
  public long[] labels() {
    return new Random(6).longs(BATCH, 0, CLASSES).toArray();
  }

  /// Takes the losses before each of the first steps.
  @Override
  public void check(double[] got) {
    ReferenceLeNet reference = new ReferenceLeNet(this);
    double[] want = new double[Training.CHECKED_STEPS];
    Arrays.setAll(want, _ -> reference.step());
    Inputs.requireClose(name(), got, want, 1e-5);
  }
}

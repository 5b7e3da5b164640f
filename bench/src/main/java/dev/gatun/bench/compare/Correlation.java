package dev.gatun.bench.compare;

/// A convolution of 3×3 to [#FILTERS] channels, with zeros around images that keep their size.
///
/// @param images how many
/// @param channels of an image
/// @param side lines and columns of an image
public record Correlation(int images, int channels, int side) implements Layer {
  /// Channels of the result.
  public static final int FILTERS = 64;

  /// Lines and columns of a kernel.
  public static final int KERNEL = 3;

  /// Of the results, the share that is checked: this is prime, so every line and column occurs.
  private static final int EVERY = 13;

  @Override
  public String name() {
    return "conv2d %dx%dx%dx%d to %d".formatted(images, channels, side, side, FILTERS);
  }

  @Override
  public boolean training() {
    return false;
  }

  /// The images.
  ///
  /// @return `[images,channels,side,side]`
  public float[] x() {
    return Inputs.uniform(31, images * channels * side * side, 1);
  }

  /// The kernels.
  ///
  /// @return `[FILTERS,channels,KERNEL,KERNEL]`
  public float[] weight() {
    return Inputs.uniform(32, FILTERS * channels * KERNEL * KERNEL, 0.1);
  }

  /// One number for each channel of the result.
  ///
  /// @return `[FILTERS]`
  public float[] bias() {
    return Inputs.uniform(33, FILTERS, 1);
  }

  @Override
  public void check(double[] got) {
    int count = images * FILTERS * side * side;
    Inputs.requireLength(name(), got, count);
    float[] x = x();
    float[] weight = weight();
    float[] bias = bias();
    double[] some = new double[Math.ceilDiv(count, EVERY)];
    double[] want = new double[some.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = got[i * EVERY];
      want[i] = bias[i * EVERY / (side * side) % FILTERS] + sum(x, weight, i * EVERY);
    }
    Inputs.requireClose(name(), some, want, 1e-5);
  }

  private double sum(float[] x, float[] weight, int at) {
    int column = at % side;
    int line = at / side % side;
    int filter = at / (side * side) % FILTERS;
    int image = at / (side * side * FILTERS);
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
        int i = line + tap / KERNEL - 1;
        int j = column + tap % KERNEL - 1;
        if (i >= 0 && i < side && j >= 0 && j < side) {
          double w = weight[(filter * channels + c) * KERNEL * KERNEL + tap];
          sum += w * x[((image * channels + c) * side + i) * side + j];
        }
      }
    }
    return sum;
  }
}

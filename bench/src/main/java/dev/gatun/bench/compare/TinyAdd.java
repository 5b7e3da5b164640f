package dev.gatun.bench.compare;

/// The sum of two F32 matrices of `[2,2]`: what an operation costs that does nothing. The second
/// one is added again and again, each time to the last result, in new memory.
///
/// @param recorded whether for a gradient, which is not computed
public record TinyAdd(boolean recorded) implements Workload {
  private static final int REPEATS = 100;

  @Override
  public String name() {
    return recorded ? "add 2x2 recorded" : "add 2x2";
  }

  /// The first summand.
  ///
  /// @return `[2,2]`
  public float[] a() {
    return new float[] {1, 2, 3, 4};
  }

  /// What is added.
  ///
  /// @return `[2,2]`
  public float[] b() {
    return new float[] {5, 6, 7, 8};
  }

  @Override
  public Group group() {
    return Group.POINTWISE;
  }

  @Override
  public int repeats() {
    return REPEATS;
  }

  /// Takes the sum after all repetitions.
  @Override
  public void check(double[] got) {
    double[] want = new double[4];
    for (int i = 0; i < want.length; i++) {
      want[i] = a()[i] + (double) REPEATS * b()[i];
    }
    Inputs.requireClose(name(), got, want, 0);
  }
}

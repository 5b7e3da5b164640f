package dev.gatun.bench.compare;

import dev.gatun.bench.ReferenceMlp;
import java.util.Arrays;

/// A step of training: forward, mean cross-entropy, backward, update, and the loss read.
///
/// @param adam whether by Adam instead of plain gradient descent
/// @param batch how many samples
public record Training(boolean adam, int batch) implements Workload {
  /// Steps that are checked: what the third loss is depends on two updates.
  public static final int CHECKED_STEPS = 3;

  /// Adam's usual constants.
  public static final double BETA1 = 0.9;

  /// Adam's usual constants.
  public static final double BETA2 = 0.999;

  /// Adam's usual constants.
  public static final double EPSILON = 1e-8;

  @Override
  public String name() {
    return "train " + (adam ? "adam" : "sgd") + " batch " + batch;
  }

  /// What is trained.
  ///
  /// @return the larger one
  public Network network() {
    return Network.DIGITS;
  }

  /// The learning rate.
  ///
  /// @return of the optimizer
  public double lr() {
    return adam ? 1e-3 : 1e-2;
  }

  /// The samples.
  ///
  /// @return `[batch,inputs]`
  public float[] x() {
    return network().samples(batch);
  }

  /// Their classes.
  ///
  /// @return `[batch]`
  public long[] labels() {
    return network().labels(batch);
  }

  /// Their classes, for libraries that want them so.
  ///
  /// @return `[batch,outputs]`, 1 at the class and 0 elsewhere
  public float[] oneHot() {
    long[] labels = labels();
    int classes = network().outputs();
    float[] result = new float[batch * classes];
    for (int i = 0; i < batch; i++) {
      result[i * classes + (int) labels[i]] = 1;
    }
    return result;
  }

  @Override
  public Group group() {
    return Group.NETWORK;
  }

  /// Takes the losses before each of the first steps.
  @Override
  public void check(double[] got) {
    ReferenceMlp reference = ReferenceMlp.of(network().layers());
    double[] x = Inputs.doubles(x());
    double[] want = new double[CHECKED_STEPS];
    Arrays.setAll(
        want,
        _ ->
            adam
                ? reference.adamStep(x, labels(), lr(), BETA1, BETA2, EPSILON)
                : reference.step(x, labels(), lr()));
    // Some add Adam's epsilon before they correct the moments for their start, some after.
    Inputs.requireClose(name(), got, want, adam ? 5e-5 : 1e-5);
  }
}

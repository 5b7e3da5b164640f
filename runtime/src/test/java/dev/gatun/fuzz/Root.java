package dev.gatun.fuzz;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Memory of a program, and what it must hold: views of it are lists of positions in it, so that
/// nothing here depends on the library's strides.
final class Root {
  private final double[] known;
  private final List<Var> variables = new ArrayList<>();

  /// Whether results may share it without being views by their nature: it is not changed any more.
  private boolean frozen;

  /// Of all that is known; negative where it is not.
  private double largest = -1;

  Root(double[] known) {
    this.known = known;
  }

  void add(Var variable) {
    variables.add(variable);
  }

  void freeze() {
    frozen = true;
  }

  boolean frozen() {
    return frozen;
  }

  double largest() {
    largest = largest < 0 ? Values.largest(known) : largest;
    return largest;
  }

  double[] at(int[] index) {
    double[] values = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      values[i] = known[index[i]];
    }
    return values;
  }

  void change(int[] index, double[] values) {
    for (int i = 0; i < index.length; i++) {
      known[index[i]] = values[i];
    }
    largest = -1;
  }

  /// Requires that each variable over this memory holds what it must.
  void check(String after) {
    for (Var variable : variables) {
      double[] values = Values.of(variable.tensor());
      double[] expected = variable.values();
      for (int i = 0; i < values.length; i++) {
        if (Double.compare(values[i], expected[i]) != 0 && values[i] != expected[i]) {
          throw new AssertionError(
              "%s changed %s at %d: %s, expected %s"
                  .formatted(after, variable, i, values[i], expected[i]));
        }
      }
    }
  }

  /// A tensor of a program.
  ///
  /// @param name in its text
  /// @param tensor what the library has
  /// @param root its memory
  /// @param index the position of each element there
  @SuppressWarnings("ArrayRecordComponent")
  record Var(String name, Tensor tensor, Root root, int[] index) {
    static Var whole(String name, Tensor tensor, double[] values) {
      int[] index = new int[values.length];
      for (int i = 0; i < index.length; i++) {
        index[i] = i;
      }
      return new Var(name, tensor, new Root(values), index);
    }

    double[] values() {
      return root.at(index);
    }

    /// No element is larger, whatever its sign.
    double largest() {
      return root.largest();
    }

    long[] shape() {
      return tensor.shape();
    }

    int dim() {
      return tensor.dim();
    }

    /// Whether it may be the target of a change.
    boolean changeable() {
      return !root.frozen() && Values.distinct(index);
    }

    @Override
    public String toString() {
      return name + Values.describe(tensor);
    }
  }
}

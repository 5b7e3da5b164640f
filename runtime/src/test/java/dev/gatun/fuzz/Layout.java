package dev.gatun.fuzz;

import dev.gatun.tensor.Tensor;
import java.util.function.UnaryOperator;

/// How a new tensor lies in memory.
///
/// @param base the shape of what is made
/// @param view of that, in the shape that was asked for
@SuppressWarnings("ArrayRecordComponent")
record Layout(long[] base, UnaryOperator<Tensor> view) {
  static Layout draw(Draw d, long[] shape) {
    Layout plain = new Layout(shape, x -> x);
    if (shape.length == 0) {
      return plain;
    }
    int dim = d.below(shape.length);
    long size = shape[dim];
    return switch (d.below(8)) {
      case 0, 1 -> permuted(d, shape);
      case 2 -> {
        int before = d.below(3);
        yield new Layout(with(shape, dim, size + before + 2), x -> x.narrow(dim, before, size));
      }
      case 3 -> new Layout(with(shape, dim, 2 * size), x -> x.slice(dim, 0, 2 * size, 2));
      case 4 -> new Layout(with(shape, dim, 1), x -> x.expand(shape));
      default -> plain;
    };
  }

  private static Layout permuted(Draw d, long[] shape) {
    int n = shape.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = d.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    long[] base = new long[n];
    int[] back = new int[n];
    for (int i = 0; i < n; i++) {
      base[i] = shape[order[i]];
      back[order[i]] = i;
    }
    return new Layout(base, x -> x.permute(back));
  }

  static long[] with(long[] shape, int dim, long size) {
    long[] changed = shape.clone();
    changed[dim] = size;
    return changed;
  }
}

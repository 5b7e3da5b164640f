package dev.gatun.tensor;

import java.util.Arrays;

/// Pieces of a tensor along one dimension.
final class Parts {
  /// Views of more than a gigabyte on the heap are a mistake.
  private static final int MOST = 1 << 24;

  private Parts() {}

  /// How many views there will be.
  ///
  /// @throws ShapeException if no array should hold them
  static int count(String op, long count) {
    if (count > MOST) {
      throw new ShapeException("%s: too many pieces: %d (at most %d)".formatted(op, count, MOST));
    }
    return (int) count;
  }

  static Tensor[] of(Tensor x, int dim, long[] sizes) {
    Tensor[] parts = new Tensor[sizes.length];
    long start = 0;
    for (int i = 0; i < sizes.length; i++) {
      parts[i] = new Movement.Narrow(dim, start, sizes[i]).apply(x);
      start += sizes[i];
    }
    return parts;
  }

  static Tensor[] even(String op, Tensor x, int sections, int dim) {
    if (sections < 1 || x.shape[dim] % sections != 0) {
      throw new ShapeException(
          "%s: %d sections do not divide dim %d of shape %s evenly (%d)"
              .formatted(op, sections, dim, Shapes.format(x.shape), x.shape[dim]));
    }
    return of(op, x, sections, dim);
  }

  /// Pieces whose sizes differ by at most one, the larger first.
  static Tensor[] of(String op, Tensor x, int sections, int dim) {
    long each = x.shape[dim] / sections;
    long larger = x.shape[dim] % sections;
    long[] sizes = new long[count(op, sections)];
    Arrays.setAll(sizes, i -> i < larger ? each + 1 : each);
    return of(x, dim, sizes);
  }
}

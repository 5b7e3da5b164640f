package dev.gatun.tensor;

/// Pieces of a tensor along one dimension.
final class Parts {
  private Parts() {}

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
    return x.tensorSplit(sections, dim);
  }
}

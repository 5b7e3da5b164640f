package dev.gatun.tensor;

/// What a scatter works on, checked: scalars seen as vectors, the source as large as the index.
record ScatterArguments(Tensor original, int dim, Tensor x, Tensor index, Tensor source) {
  static ScatterArguments of(String op, Tensor x, int dim, Tensor index, Tensor source) {
    Arithmetic.same(op, x, source);
    int at = Shapes.dim(op, dim, x.shape);
    int rank = x.shape.length;
    boolean fits = index.shape.length == rank && source.shape.length == rank;
    for (int i = 0; fits && i < rank; i++) {
      long size = index.shape[i];
      fits = size <= source.shape[i] && (i == at || size <= x.shape[i]);
    }
    // Nothing is scattered by an index of nothing, whatever the other sizes are.
    if (!fits && index.numel > 0) {
      throw new ShapeException(
          "%s: index %s does not fit source %s and %s; same rank, no larger than either but, in dim %d, than the last"
              .formatted(
                  op,
                  Shapes.format(index.shape),
                  Shapes.format(source.shape),
                  Shapes.format(x.shape),
                  at));
    }
    Tensor places = Indexing.index(op, index);
    if (!fits) {
      Tensor none = Tensor.zeros(x.dtype, places.shape);
      return new ScatterArguments(x, 0, x, places, none);
    }
    if (rank == 0) {
      return new ScatterArguments(x, 0, x.view(1), places.view(1), source.view(1));
    }
    Tensor part = source;
    for (int i = 0; i < rank; i++) {
      if (part.shape[i] != places.shape[i]) {
        part = part.narrow(i, 0, places.shape[i]);
      }
    }
    return new ScatterArguments(x, at, x, places, part);
  }

  Tensor shaped(Tensor y) {
    return original.shape.length == 0 ? y.view() : y;
  }

  /// Checks a source of whole slices, and returns the dimension counted from the front.
  static int slices(String op, Tensor x, int dim, Tensor index, Tensor source) {
    Arithmetic.same(op, x, source);
    int at = Shapes.dim(op, dim, x.shape);
    boolean fits = index.shape.length <= 1 && source.shape.length == x.shape.length;
    for (int i = 0; fits && i < x.shape.length; i++) {
      fits = source.shape[i] == (i == at ? index.numel : x.shape[i]);
    }
    if (!fits || (x.shape.length == 0 && index.numel != 1)) {
      throw new ShapeException(
          "%s: index %s and source %s do not fit %s; a vector with one index for each slice of dim %d"
              .formatted(
                  op,
                  Shapes.format(index.shape),
                  Shapes.format(source.shape),
                  Shapes.format(x.shape),
                  at));
    }
    return at;
  }

  /// The shape of the slices that one value fills.
  static long[] filled(String op, Tensor x, int dim, Tensor index, Tensor value) {
    int at = Shapes.dim(op, dim, x.shape);
    if (value.shape.length != 0) {
      throw new ShapeException(
          "%s: needs a scalar value, got %s".formatted(op, Shapes.format(value.shape)));
    }
    return x.shape.length == 0 ? Shapes.SCALAR : Shapes.with(x.shape, at, index.numel);
  }
}

package dev.gatun.tensor;

import java.util.Arrays;

/// More views, as [MovementOps] has them: dimensions in other places, split, and windows.
public sealed interface ViewOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// One dimension in another place, the others in their order.
  ///
  /// @param source where it is, may be negative
  /// @param destination where it shall be, may be negative
  /// @return a view
  default Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /// Dimensions in other places, the others in their order.
  ///
  /// @param source where they are, each once
  /// @param destination where they shall be, each once
  /// @return a view
  /// @throws ShapeException if the numbers of dims differ, one is out of range or given twice
  default Tensor movedim(int[] source, int[] destination) {
    Tensor x = self();
    if (source.length != destination.length) {
      throw new ShapeException(
          "movedim: %d dims to %d places for shape %s"
              .formatted(source.length, destination.length, Shapes.format(x.shape)));
    }
    if (source.length == 0 || x.shape.length == 0) {
      Arrays.stream(source).forEach(dim -> Shapes.dim("movedim", dim, x.shape));
      return x;
    }
    Shapes.dims("movedim", source, x.shape);
    Shapes.dims("movedim", destination, x.shape);
    int[] order = new int[x.shape.length];
    Arrays.fill(order, -1);
    boolean[] moved = new boolean[order.length];
    for (int i = 0; i < source.length; i++) {
      int from = Shapes.dim("movedim", source[i], x.shape);
      order[Shapes.dim("movedim", destination[i], x.shape)] = from;
      moved[from] = true;
    }
    int next = 0;
    for (int i = 0; i < order.length; i++) {
      if (order[i] < 0) {
        while (moved[next]) {
          next++;
        }
        order[i] = next++;
      }
    }
    return x.permute(order);
  }

  /// As [MovementOps#transpose]: PyTorch's other name for it.
  ///
  /// @param dim0 one, may be negative
  /// @param dim1 the other
  /// @return a view
  default Tensor swapdims(int dim0, int dim1) {
    return self().transpose(dim0, dim1);
  }

  /// One dimension as several.
  ///
  /// @param dim may be negative
  /// @param sizes of the new dimensions; one may be -1 and is inferred
  /// @return a view
  /// @throws ShapeException if the product of the sizes is not that of the dimension
  default Tensor unflatten(int dim, long... sizes) {
    Tensor x = self();
    int at = Shapes.axis("unflatten", dim, x.shape);
    if (sizes.length == 0) {
      throw new ShapeException("unflatten: needs at least one size");
    }
    long size = x.shape[at];
    long[] inner = Shapes.infer("unflatten", new long[] {size}, size, sizes);
    long[] to = new long[x.shape.length - 1 + inner.length];
    System.arraycopy(x.shape, 0, to, 0, at);
    System.arraycopy(inner, 0, to, at, inner.length);
    System.arraycopy(x.shape, at + 1, to, at + inner.length, x.shape.length - 1 - at);
    return x.view(to);
  }

  /// As [MovementOps#flatten()].
  ///
  /// @return shape `[numel]`, a view where the strides allow it
  default Tensor ravel() {
    return self().flatten();
  }

  /// As [MovementOps#expand]: PyTorch's and NumPy's other name for it.
  ///
  /// @param shape sizes
  /// @return a view with stride 0 along what is repeated
  default Tensor broadcastTo(long... shape) {
    return self().expand(shape);
  }

  /// As [MovementOps#view] to the shape of `other`.
  ///
  /// @param other gives the shape
  /// @return a view
  default Tensor viewAs(Tensor other) {
    return self().view(other.shape);
  }

  /// As [MovementOps#reshape] to the shape of `other`.
  ///
  /// @param other gives the shape
  /// @return a view where the strides allow it, else a copy
  default Tensor reshapeAs(Tensor other) {
    return self().reshape(other.shape);
  }

  /// The last two dimensions in each other's place: the transposes of a batch of matrices.
  ///
  /// @return a view
  /// @throws ShapeException for less than two dimensions
  default Tensor mT() {
    Shapes.requireRank("mT", self().shape, 2);
    return self().transpose(-2, -1);
  }

  /// Windows of `size` positions along one dimension, `step` apart, as a new last dimension.
  ///
  /// @param dim may be negative
  /// @param size positions in each, at most those of the dimension
  /// @param step from the start of one to the start of the next, at least 1
  /// @return a view of shape `[..., (n - size) / step + 1, ..., size]`, in which elements repeat
  ///   where `step` is below `size`
  default Tensor unfold(int dim, long size, long step) {
    Tensor x = self();
    int at = Shapes.dim("unfold", dim, x.shape);
    Tensor source = x.shape.length == 0 ? x.view(1) : x;
    if (size < 0 || size > source.shape[at] || step < 1) {
      throw new ShapeException(
          "unfold: no windows of size %d, %d apart, for shape %s (dim %d: %d)"
              .formatted(size, step, Shapes.format(x.shape), at, source.shape[at]));
    }
    Tensor y = new Rearranging.Unfold(at, size, step).apply(source);
    return x.shape.length == 0 ? y.select(0, 0) : y;
  }

  // Parts

  /// Pieces of `size` positions along one dimension; the last may be smaller.
  ///
  /// @param size positions in each piece, at least 1, or 0 for a dimension of size 0
  /// @param dim may be negative
  /// @return views, in order
  default Tensor[] split(long size, int dim) {
    Tensor x = self();
    int at = Shapes.axis("split", dim, x.shape);
    long whole = x.shape[at];
    if (size < 0 || (size == 0 && whole > 0)) {
      throw new ShapeException(
          "split: size must be at least 1: %d for shape %s"
              .formatted(size, Shapes.format(x.shape)));
    }
    int count = size == 0 ? 1 : Parts.count("split", Math.max(1, Math.ceilDiv(whole, size)));
    long[] sizes = new long[count];
    Arrays.setAll(sizes, i -> Math.min(size, whole - i * size));
    return Parts.of(x, at, sizes);
  }

  /// Pieces of given sizes along one dimension.
  ///
  /// @param sizes their sum is the size of the dimension
  /// @param dim may be negative
  /// @return views, in order
  /// @throws ShapeException if the sizes do not sum to that of the dimension
  default Tensor[] split(long[] sizes, int dim) {
    Tensor x = self();
    int at = Shapes.axis("split", dim, x.shape);
    long sum = Arrays.stream(sizes).sum();
    if (sum != x.shape[at] || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw new ShapeException(
          "split: sizes %s do not sum to that of dim %d of shape %s (%d vs %d)"
              .formatted(Shapes.format(sizes), at, Shapes.format(x.shape), sum, x.shape[at]));
    }
    return Parts.of(x, at, sizes);
  }

  /// At most `chunks` pieces along one dimension, all of one size but the last.
  ///
  /// @param chunks at least 1
  /// @param dim may be negative
  /// @return views, in order; fewer than `chunks` where the size does not divide so
  default Tensor[] chunk(int chunks, int dim) {
    Tensor x = self();
    int at = Shapes.axis("chunk", dim, x.shape);
    if (chunks < 1) {
      throw new IllegalArgumentException("chunk: needs at least one chunk: " + chunks);
    }
    long size = Math.ceilDiv(x.shape[at], (long) chunks);
    return size == 0 ? Parts.of(x, at, new long[Parts.count("chunk", chunks)]) : split(size, at);
  }

  /// `sections` pieces along one dimension, whose sizes differ by at most one, the larger first.
  ///
  /// @param sections at least 1
  /// @param dim may be negative
  /// @return views, in order
  default Tensor[] tensorSplit(int sections, int dim) {
    Tensor x = self();
    int at = Shapes.axis("tensorSplit", dim, x.shape);
    if (sections < 1) {
      throw new IllegalArgumentException("tensorSplit: needs at least one section: " + sections);
    }
    return Parts.of("tensorSplit", x, sections, at);
  }

  /// The pieces between given positions along one dimension, as Python's slices have them.
  ///
  /// @param indices where one piece ends and the next begins
  /// @param dim may be negative
  /// @return views, in order, one more than there are indices
  default Tensor[] tensorSplit(long[] indices, int dim) {
    Tensor x = self();
    int at = Shapes.axis("tensorSplit", dim, x.shape);
    Tensor[] parts = new Tensor[indices.length + 1];
    for (int i = 0; i < parts.length; i++) {
      long start = i == 0 ? 0 : indices[i - 1];
      long end = i == indices.length ? x.shape[at] : indices[i];
      parts[i] = x.slice(at, start, end);
    }
    return parts;
  }

  /// [#tensorSplit(int, int)] of a vector, else along dim 1.
  ///
  /// @param sections at least 1
  /// @return views, in order
  /// @throws ShapeException if the sections do not divide the size evenly
  default Tensor[] hsplit(int sections) {
    Shapes.requireRank("hsplit", self().shape, 1);
    return Parts.even("hsplit", self(), sections, self().dim() == 1 ? 0 : 1);
  }

  /// [#tensorSplit(int, int)] along dim 0, of a matrix or more.
  ///
  /// @param sections at least 1
  /// @return views, in order
  /// @throws ShapeException if the sections do not divide the size evenly
  default Tensor[] vsplit(int sections) {
    Shapes.requireRank("vsplit", self().shape, 2);
    return Parts.even("vsplit", self(), sections, 0);
  }

  /// [#tensorSplit(int, int)] along dim 2.
  ///
  /// @param sections at least 1
  /// @return views, in order
  /// @throws ShapeException if the sections do not divide the size evenly
  default Tensor[] dsplit(int sections) {
    Shapes.requireRank("dsplit", self().shape, 3);
    return Parts.even("dsplit", self(), sections, 2);
  }

  /// Every position along one dimension, which disappears.
  ///
  /// @param dim may be negative
  /// @return views, in order
  default Tensor[] unbind(int dim) {
    Tensor x = self();
    int at = Shapes.axis("unbind", dim, x.shape);
    Tensor[] parts = new Tensor[Parts.count("unbind", x.shape[at])];
    Arrays.setAll(parts, i -> x.select(at, i));
    return parts;
  }
}

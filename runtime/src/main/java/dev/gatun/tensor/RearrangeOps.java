package dev.gatun.tensor;

import java.util.Arrays;

/// Copies of this tensor with its elements in another order, more often, or with others around
/// them. Any dtype; results belong to the current scope.
public sealed interface RearrangeOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The elements along `dims` in the opposite order; a copy, as in PyTorch.
  ///
  /// @param dims each once, may be negative; none given means none
  /// @return a new tensor of the same shape
  /// @throws ShapeException if a dim is out of range or given twice
  default Tensor flip(int... dims) {
    Tensor x = self();
    long[] at = dims.length == 0 ? Shapes.SCALAR : Shapes.dims("flip", dims, x.shape);
    return new Movement.Flip(Size.of(at)).apply(x);
  }

  /// The columns in the opposite order: [#flip] of dim 1.
  ///
  /// @return a new tensor of the same shape
  /// @throws ShapeException for less than two dimensions
  default Tensor fliplr() {
    Shapes.requireRank("fliplr", self().shape, 2);
    return flip(1);
  }

  /// The rows in the opposite order: [#flip] of dim 0.
  ///
  /// @return a new tensor of the same shape
  /// @throws ShapeException for a scalar
  default Tensor flipud() {
    Shapes.requireRank("flipud", self().shape, 1);
    return flip(0);
  }

  /// All elements, in row-major order, `shift` places further; the last ones come first.
  ///
  /// @param shift may be negative
  /// @return a new tensor of the same shape
  default Tensor roll(long shift) {
    Tensor x = self();
    Tensor row = x.reshape(x.numel);
    return new Rearranging.Roll(Size.of(shift), Size.of(0)).apply(row).view(x.shape);
  }

  /// The elements along one dimension `shift` places further; the last ones come first.
  ///
  /// @param shift may be negative
  /// @param dim may be negative
  /// @return a new tensor of the same shape
  default Tensor roll(long shift, int dim) {
    return roll(new long[] {shift}, new int[] {dim});
  }

  /// As [#roll(long, int)], along several dimensions.
  ///
  /// @param shifts one for each dim
  /// @param dims may be negative; one may be given more than once
  /// @return a new tensor of the same shape
  /// @throws ShapeException if the numbers of shifts and dims differ, or a dim is out of range
  default Tensor roll(long[] shifts, int[] dims) {
    Tensor x = self();
    if (shifts.length != dims.length) {
      throw new ShapeException(
          "roll: %d shifts along %d dims of shape %s"
              .formatted(shifts.length, dims.length, Shapes.format(x.shape)));
    }
    long[] total = new long[x.shape.length];
    for (int i = 0; i < dims.length; i++) {
      total[Shapes.axis("roll", dims[i], x.shape)] += shifts[i];
    }
    long[] all = new long[total.length];
    Arrays.setAll(all, i -> i);
    return new Rearranging.Roll(Size.of(total), Size.of(all)).apply(x);
  }

  /// Turned by 90 degrees `k` times in the plane of two dimensions, from the first towards the
  /// second.
  ///
  /// @param k how often; the other way round when negative
  /// @param dim0 one, may be negative
  /// @param dim1 the other
  /// @return a new tensor
  /// @throws ShapeException if the dims are the same one
  default Tensor rot90(int k, int dim0, int dim1) {
    Tensor x = self();
    Shapes.requireRank("rot90", x.shape, 2);
    Shapes.dims("rot90", new int[] {dim0, dim1}, x.shape);
    return switch (Math.floorMod(k, 4)) {
      case 1 -> x.flip(dim1).transpose(dim0, dim1);
      case 2 -> x.flip(dim0, dim1);
      case 3 -> x.flip(dim0).transpose(dim0, dim1);
      default -> x.copy();
    };
  }

  // More often

  /// The whole tensor again and again along each dimension.
  ///
  /// @param times how often; further dimensions are added in front, so not fewer than there are
  /// @return a new tensor
  /// @throws ShapeException if there are too few, or negative ones
  default Tensor repeat(long... times) {
    Tensor x = self();
    int more = times.length - x.shape.length;
    if (more < 0 || Arrays.stream(times).anyMatch(n -> n < 0)) {
      throw new ShapeException(
          "repeat: cannot repeat %s %s times; give one count for each dim, 0 or more"
              .formatted(Shapes.format(x.shape), Shapes.format(times)));
    }
    // [s] as [1,s], expanded to [n,s], as [n s].
    long[] apart = new long[2 * times.length];
    long[] expanded = new long[2 * times.length];
    long[] to = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      long size = i < more ? 1 : x.shape[i - more];
      apart[2 * i] = 1;
      apart[2 * i + 1] = size;
      expanded[2 * i] = times[i];
      expanded[2 * i + 1] = size;
      to[i] = times[i] * size;
    }
    return x.reshape(apart).expand(expanded).copy().view(to);
  }

  /// As [#repeat], with 1 for leading dimensions that have no count.
  ///
  /// @param times how often
  /// @return a new tensor
  default Tensor tile(long... times) {
    int missing = Math.max(0, self().shape.length - times.length);
    long[] all = new long[missing + times.length];
    Arrays.fill(all, 0, missing, 1);
    System.arraycopy(times, 0, all, missing, times.length);
    return repeat(all);
  }

  /// Every element, in row-major order, `times` times in a row.
  ///
  /// @param times 0 or more
  /// @return a vector
  default Tensor repeatInterleave(long times) {
    return self().flatten().repeatInterleave(times, 0);
  }

  /// Every slice along one dimension `times` times in a row.
  ///
  /// @param times 0 or more
  /// @param dim may be negative
  /// @return a new tensor
  default Tensor repeatInterleave(long times, int dim) {
    Tensor x = self();
    int at = Shapes.axis("repeatInterleave", dim, x.shape);
    if (times < 0) {
      throw new IllegalArgumentException("repeatInterleave: negative count: " + times);
    }
    return new Rearranging.RepeatEach(at, times).apply(x);
  }

  /// Every slice along one dimension as often in a row as a tensor says.
  ///
  /// @param times I64 (I32 and U8 are converted), 0 or more, one for each slice or one for all
  /// @param dim may be negative
  /// @return a new tensor
  /// @throws ShapeException if `times` is not such a vector
  default Tensor repeatInterleave(Tensor times, int dim) {
    Tensor x = self();
    int at = Shapes.axis("repeatInterleave", dim, x.shape);
    return x.indexSelect(at, Masking.repeated(times, x, at));
  }

  // Around

  /// Zeros around the tensor: [#pad(PadMode, long...)] with [PadMode#CONSTANT].
  ///
  /// @param pads positions before and after the last dim, then the one before it, and so on
  /// @return a new tensor
  default Tensor pad(long... pads) {
    return padWith(0, pads);
  }

  /// A value around the tensor: [#pad(PadMode, long...)] with [PadMode#CONSTANT] and a value.
  ///
  /// @param value what is put there, converted to the dtype
  /// @param pads positions before and after the last dim, then the one before it, and so on
  /// @return a new tensor
  default Tensor padWith(double value, long... pads) {
    return Padding.pad(self(), PadMode.CONSTANT, value, pads);
  }

  /// More positions around the tensor, along any number of dimensions.
  ///
  /// @param mode what they are filled with
  /// @param pads positions before and after the last dim, then the one before it, and so on;
  ///   negative ones take positions away
  /// @return a new tensor
  /// @throws ShapeException if there are not pairs, or too many, or a mode has nothing to fill
  ///   with: [PadMode#REFLECT] takes less than the size of the dimension, [PadMode#CIRCULAR] no
  ///   more than it
  default Tensor pad(PadMode mode, long... pads) {
    return Padding.pad(self(), mode, 0, pads);
  }

  // Diagonals

  /// The main diagonal of the last two dimensions and what is below, the rest 0.
  ///
  /// @return a new tensor of the same shape
  default Tensor tril() {
    return tril(0);
  }

  /// A diagonal of the last two dimensions and what is below, the rest 0.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return a new tensor of the same shape
  /// @throws ShapeException for less than two dimensions
  default Tensor tril(long shift) {
    Shapes.requireRank("tril", self().shape, 2);
    return new Rearranging.Triangle(false, shift).apply(self());
  }

  /// The main diagonal of the last two dimensions and what is above, the rest 0.
  ///
  /// @return a new tensor of the same shape
  default Tensor triu() {
    return triu(0);
  }

  /// A diagonal of the last two dimensions and what is above, the rest 0.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return a new tensor of the same shape
  /// @throws ShapeException for less than two dimensions
  default Tensor triu(long shift) {
    Shapes.requireRank("triu", self().shape, 2);
    return new Rearranging.Triangle(true, shift).apply(self());
  }

  /// A matrix with this vector as its main diagonal, or that of this matrix.
  ///
  /// @return a new tensor
  default Tensor diag() {
    return diag(0);
  }

  /// A matrix with this vector as a diagonal and 0 elsewhere, or that diagonal of this matrix.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return a new tensor
  /// @throws ShapeException if this is neither a vector nor a matrix
  default Tensor diag(long shift) {
    Tensor x = self();
    return switch (x.shape.length) {
      case 1 -> diagEmbed(shift, 0, 1);
      case 2 -> x.diagonal(shift, 0, 1).copy();
      default ->
          throw new ShapeException(
              "diag: needs a vector or a matrix, got " + Shapes.format(x.shape));
    };
  }

  /// A matrix with all elements, in row-major order, as its main diagonal and 0 elsewhere.
  ///
  /// @return shape `[numel,numel]`
  default Tensor diagflat() {
    return diagflat(0);
  }

  /// A matrix with all elements, in row-major order, as a diagonal and 0 elsewhere.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return shape `[numel + |shift|,numel + |shift|]`
  default Tensor diagflat(long shift) {
    return self().flatten().diagEmbed(shift, 0, 1);
  }

  /// Matrices, in the last two dimensions, with the vectors of the last dimension as their main
  /// diagonals and 0 elsewhere.
  ///
  /// @return a new tensor with one dimension more
  default Tensor diagEmbed() {
    return diagEmbed(0, -2, -1);
  }

  /// Matrices with the vectors of the last dimension as a diagonal and 0 elsewhere.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @param dim0 where the rows stand in the result, may be negative
  /// @param dim1 where the columns stand
  /// @return a new tensor with one dimension more
  /// @throws ShapeException for a scalar, or if the dims are the same one
  default Tensor diagEmbed(long shift, int dim0, int dim1) {
    Tensor x = self();
    Shapes.requireRank("diagEmbed", x.shape, 1);
    int rank = x.shape.length + 1;
    int a = Shapes.dim("diagEmbed", dim0, rank, x.shape);
    int b = Shapes.dim("diagEmbed", dim1, rank, x.shape);
    if (a == b) {
      throw new ShapeException(
          "diagEmbed: needs two different dims, got %d and %d for shape %s"
              .formatted(dim0, dim1, Shapes.format(x.shape)));
    }
    long size = x.shape[rank - 2] + Math.abs(shift);
    long[] batch = Shapes.remove(x.shape, rank - 2);
    long[] shape = Shapes.insert(batch, Math.min(a, b), size);
    Size to = Size.of(Shapes.insert(shape, Math.max(a, b), size));
    return new Movement.DiagonalScatter(new Movement.Diagonal(shift, a, b), to).apply(x);
  }
}

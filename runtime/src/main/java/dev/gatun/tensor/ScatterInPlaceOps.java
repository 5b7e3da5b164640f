package dev.gatun.tensor;

import dev.gatun.kernel.Scattering;

/// The twins of [ScatterOps], [MaskOps] and [RearrangeOps] that change this tensor where it stands;
/// they are recorded as [InPlaceOps] says. Arguments, results and errors are those of the methods
/// without underscore.
public sealed interface ScatterInPlaceOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// [ScatterOps#scatter(int, Tensor, Tensor)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is put there
  /// @return this
  default Tensor scatter_(int dim, Tensor index, Tensor source) {
    ScatterArguments to = ScatterArguments.of("scatter_", self(), dim, index, source);
    return scatter("scatter_", new Scatters.Scatter(to.dim()), Scattering.SET, to);
  }

  /// [ScatterOps#scatter(int, Tensor, double)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than this in other dimensions
  /// @param value converted to the dtype of this
  /// @return this
  default Tensor scatter_(int dim, Tensor index, double value) {
    return scatter_(dim, index, Tensor.scalar(self().dtype, value).expand(index.shape));
  }

  /// [ScatterOps#scatterAdd] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is added
  /// @return this
  default Tensor scatterAdd_(int dim, Tensor index, Tensor source) {
    ScatterArguments to = ScatterArguments.of("scatterAdd_", self(), dim, index, source);
    return scatter("scatterAdd_", new Scatters.ScatterAdd(to.dim()), Scattering.ADD, to);
  }

  private Tensor scatter(String name, Op op, Scattering how, ScatterArguments to) {
    Tensor y = to.x();
    Tensor _ =
        InPlace.apply(
            name,
            op,
            () -> {
              Tensor source = Scatters.apart(y, to.source());
              Scatters.into(name, how, y, to.dim(), Scatters.apart(y, to.index()), source);
            },
            y,
            to.index(),
            to.source());
    return self();
  }

  /// [ScatterOps#scatterReduce(int, Tensor, Tensor, ScatterReduction, boolean)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index of the rank of this, no larger than `source`, nor than this in other dimensions
  /// @param source what is combined
  /// @param reduction how
  /// @param includeSelf whether the element of this that was there takes part
  /// @return this
  default Tensor scatterReduce_(
      int dim, Tensor index, Tensor source, ScatterReduction reduction, boolean includeSelf) {
    ScatterArguments to = ScatterArguments.of("scatterReduce_", self(), dim, index, source);
    var op = new ScatterReduces.ScatterReduce(reduction, to.dim(), includeSelf);
    Tensor _ = InPlace.through("scatterReduce_", op, to.x(), to.index(), to.source());
    return self();
  }

  /// [ScatterOps#indexAdd(int, Tensor, Tensor)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @return this
  default Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    int at = ScatterArguments.slices("indexAdd_", self(), dim, index, source);
    return slices("indexAdd_", new Scatters.IndexAdd(at), true, at, index, source);
  }

  /// [ScatterOps#indexAdd(int, Tensor, Tensor, double)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @param alpha factor of what is added
  /// @return this
  default Tensor indexAdd_(int dim, Tensor index, Tensor source, double alpha) {
    ScatterArguments.slices("indexAdd_", self(), dim, index, source);
    return indexAdd_(dim, index, source.mul(alpha));
  }

  /// [ScatterOps#indexCopy] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param source of the shape of this, but with the size of `index` in `dim`
  /// @return this
  default Tensor indexCopy_(int dim, Tensor index, Tensor source) {
    int at = ScatterArguments.slices("indexCopy_", self(), dim, index, source);
    return slices("indexCopy_", new Scatters.IndexCopy(at), false, at, index, source);
  }

  /// [ScatterOps#indexFill(int, Tensor, double)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param value converted to the dtype of this
  /// @return this
  default Tensor indexFill_(int dim, Tensor index, double value) {
    return indexFill_(dim, index, Tensor.scalar(self().dtype, value));
  }

  /// [ScatterOps#indexFill(int, Tensor, Tensor)] in place.
  ///
  /// @param dim the dimension that `index` is a position in
  /// @param index a vector
  /// @param value a scalar of the dtype of this
  /// @return this
  default Tensor indexFill_(int dim, Tensor index, Tensor value) {
    Tensor source = value.expand(ScatterArguments.filled("indexFill_", self(), dim, index, value));
    int at = ScatterArguments.slices("indexFill_", self(), dim, index, source);
    return slices("indexFill_", new Scatters.IndexCopy(at), false, at, index, source);
  }

  private Tensor slices(String name, Op op, boolean add, int dim, Tensor index, Tensor source) {
    Tensor y = self();
    Tensor places = Indexing.index(name, index);
    return InPlace.apply(
        name,
        op,
        () -> {
          Tensor values = Scatters.apart(y, source);
          Scatters.slicesInto(name, add, y, dim, Scatters.apart(y, places), values);
        },
        y,
        places,
        source);
  }

  /// [MaskOps#maskedScatter] in place; the mask must not be larger than this.
  ///
  /// @param mask BOOL, broadcast to the shape of this
  /// @param source of the dtype of this, with at least as many elements as the mask has places
  /// @return this
  default Tensor maskedScatter_(Tensor mask, Tensor source) {
    Tensor y = self();
    Masking.mask("maskedScatter_", mask);
    Arithmetic.same("maskedScatter_", y, source);
    InPlace.requireFits("maskedScatter_", y, mask);
    Tensor places = mask.expand(y.shape);
    return InPlace.apply(
        "maskedScatter_",
        new Masking.MaskedScatter(),
        () -> Masking.spread(Scatters.apart(y, places), Scatters.apart(y, source), y),
        y,
        places,
        source);
  }

  /// [RearrangeOps#tril(long)] in place.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return this
  default Tensor tril_(long shift) {
    return triangle("tril_", new Rearranging.Triangle(false, shift));
  }

  /// [RearrangeOps#triu(long)] in place.
  ///
  /// @param shift above the main diagonal when positive, below when negative
  /// @return this
  default Tensor triu_(long shift) {
    return triangle("triu_", new Rearranging.Triangle(true, shift));
  }

  private Tensor triangle(String name, Rearranging.Triangle op) {
    Tensor y = self();
    Shapes.requireRank(name, y.shape, 2);
    return y.contiguous
        ? InPlace.apply(name, op, () -> op.write(y, y), y)
        : InPlace.through(name, op, y);
  }

  /// One value on the main diagonal: where all indices are equal.
  ///
  /// @param value converted to the dtype
  /// @return this
  /// @throws ShapeException for less than two dimensions, or more than two of different sizes
  default Tensor fillDiagonal_(double value) {
    Tensor y = self();
    Shapes.requireRank("fillDiagonal_", y.shape, 2);
    long size = y.shape[0];
    long stride = 0;
    for (int i = 0; i < y.shape.length; i++) {
      if (y.shape.length > 2 && y.shape[i] != y.shape[0]) {
        throw new ShapeException(
            "fillDiagonal_: more than two dims must be of one size: " + Shapes.format(y.shape));
      }
      size = Math.min(size, y.shape[i]);
      stride += y.strides[i];
    }
    InPlace.requireDistinct("fillDiagonal_", y);
    Tensor diagonal = Raw.view(y, new long[] {size}, new long[] {stride}, y.offset);
    Tensor _ = InPlace.fill("fillDiagonal_", diagonal, value);
    return y;
  }
}

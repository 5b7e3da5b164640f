package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Described;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An n-dimensional array in native memory: storage, offset, shape, strides and dtype, and, where a
/// gradient is wanted, the node of the operation that made it.
///
/// Operations are spread over the interfaces that this class implements, by family. Each returns a
/// new tensor that belongs to the innermost open [dev.gatun.memory.Scope] of the calling thread, or
/// to the garbage collector when none is open. Views ([MovementOps]) share the storage of their
/// source and live as long as it does. Names and meanings are PyTorch's; methods that end in an
/// underscore change the tensor and return it.
///
/// A tensor of a scope may be used by the scope's thread alone; one in a shared lifetime
/// ([#shared()]) may be read by any number of threads. Use after the owner closed, from the wrong
/// thread, or out of bounds is an exception.
public non-sealed class Tensor extends TensorFactories
    implements Described,
        ArithmeticOps,
        DivisionOps,
        PairMathOps,
        BlendingOps,
        PointwiseOps,
        ActivationOps,
        InPlaceActivationOps,
        ComparisonOps,
        LogicOps,
        InPlaceOps,
        InPlaceArithmeticOps,
        InPlaceBlendingOps,
        InPlaceLogicOps,
        ReductionOps,
        StatisticsOps,
        ScanOps,
        SortOps,
        CountingOps,
        LinearAlgebraOps,
        ProductOps,
        LossOps,
        NormalizationOps,
        AttentionOps,
        ConvolutionOps,
        ChannelNormOps,
        PoolingOps,
        AdaptivePoolingOps,
        ResampleOps,
        MovementOps,
        IndexingOps,
        ConversionOps,
        AutogradOps,
        ScatterOps,
        ScatterInPlaceOps,
        MaskOps,
        ViewOps,
        RearrangeOps,
        RoundingOps,
        ExponentialOps,
        TrigonometryOps,
        SpecialOps,
        InPlaceMathOps,
        RandomOps,
        RecurrentOps,
        EmbeddingOps {
  // Set once, but for become, by which a module converts its own.
  Storage storage;
  DType dtype;
  long[] shape;
  long[] strides;
  long offset;
  long numel;
  boolean contiguous;

  /// Whether this, or what it is a view of, was made in [InferenceMode].
  final boolean inference;

  @Nullable Node node;
  @Nullable Gradient gradient;

  Tensor(Storage storage, DType dtype, long[] shape, long[] strides, long offset, long numel) {
    this(storage, dtype, shape, strides, offset, numel, InferenceMode.isOpen());
  }

  /// Another look at the memory of `source`.
  Tensor(Tensor source, long[] shape, long[] strides, long offset, long numel) {
    this(source.storage, source.dtype, shape, strides, offset, numel, source.inference);
  }

  private Tensor(
      Storage storage,
      DType dtype,
      long[] shape,
      long[] strides,
      long offset,
      long numel,
      boolean inference) {
    this.inference = inference;
    this.storage = storage;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.numel = numel;
    this.contiguous = Shapes.isContiguous(shape, strides);
  }

  /// A tensor over the same memory as `source`, detached from its graph: what a subclass starts
  /// from.
  ///
  /// @param source any tensor
  protected Tensor(Tensor source) {
    this(source, source.shape, source.strides, source.offset, source.numel);
  }

  /// A tensor whose shape is not known yet: a scalar, so that no operation finds nothing to read,
  /// and whatever reads it throws, until [#become].
  ///
  /// @param dtype of the values to come
  protected Tensor(DType dtype) {
    this(Storage.absent(), dtype, Shapes.SCALAR, Shapes.SCALAR, 0, 1);
  }

  /// Takes memory, dtype and shape of another tensor for its own. What it had is freed, with every
  /// view of it; its gradient is converted, or dropped where the shape changes. No other thread may
  /// use this tensor meanwhile.
  ///
  /// @param value nobody else's
  protected final void become(Tensor value) {
    Replacement.apply(this, value);
  }

  // Facts

  /// The size of each dimension; empty for a scalar.
  ///
  /// @return a copy
  public final long[] shape() {
    return shape.clone();
  }

  /// The size of one dimension, in elements.
  ///
  /// @param dim from the front, or from the back when negative
  /// @return the size
  public final long size(int dim) {
    if (shape.length == 0) {
      throw new ShapeException("size: a scalar has no dimensions");
    }
    return shape[Shapes.dim("size", dim, shape)];
  }

  /// The number of dimensions.
  ///
  /// @return 0 for a scalar
  public final int dim() {
    return shape.length;
  }

  /// The number of elements.
  ///
  /// @return the product of the sizes
  public final long numel() {
    return numel;
  }

  /// The element type.
  ///
  /// @return never null
  public final DType dtype() {
    return dtype;
  }

  /// The distance of neighbours along each dimension, in elements; 0 where one is repeated.
  ///
  /// @return a copy
  public final long[] strides() {
    return strides.clone();
  }

  /// Where the first element stands in the storage, in elements.
  ///
  /// @return the offset
  public final long storageOffset() {
    return offset;
  }

  /// Whether the elements lie one after the other in row-major order.
  ///
  /// @return true for every newly made tensor
  public final boolean isContiguous() {
    return contiguous;
  }

  /// `tensor [64,10]`, for messages; reads no memory.
  ///
  /// @return one short phrase
  @Override
  public String describe() {
    return "tensor " + Shapes.format(shape);
  }

  /// How often operations have changed the memory of this tensor in place, through it or through
  /// another tensor that shares it; PyTorch's `_version`. Writing through [#segment()] is not seen.
  ///
  /// @return a count
  public final int version() {
    return storage.version();
  }

  /// The bytes of a contiguous tensor, in native order, without a copy. It lives as long as the
  /// tensor's owner; writing through it is not seen by the in-place checks of backward.
  ///
  /// @return the segment of exactly these elements
  /// @throws IllegalStateException if the tensor is not contiguous; call [#contiguous()] first
  public final MemorySegment segment() {
    if (!contiguous) {
      throw new IllegalStateException(
          "segment: %s is not contiguous; call contiguous() first".formatted(describe()));
    }
    int bytes = dtype.byteSize();
    return storage.segment(this).asSlice(offset * bytes, numel * bytes);
  }

  /// The values, as PyTorch prints them; large tensors are summarized.
  ///
  /// @return `tensor([...])`
  @Override
  public String toString() {
    return Printer.print(this);
  }

  /// The memory for a kernel that this operation calls; it must not leave the operation.
  final MemorySegment memory() {
    return KernelMemory.of(storage, this);
  }

  /// The same, to be written to.
  final MemorySegment writable() {
    return KernelMemory.writable(storage, this);
  }

  // Gradients

  /// Whether operations on this tensor are recorded and backward leaves or passes on a gradient.
  ///
  /// @return true for parameters and for what was computed from them while recording
  public final boolean requiresGrad() {
    return node() != null;
  }

  /// What recorded this tensor as its result; asked instead of the field, which may be that of a
  /// view from before a change of its base.
  final @Nullable Node node() {
    return this instanceof View view ? view.current() : node;
  }

  /// Same as `requiresGrad_(true)`.
  ///
  /// @return this
  public final Tensor requiresGrad_() {
    return requiresGrad_(true);
  }

  /// Starts or stops the accumulation of a gradient in this leaf.
  ///
  /// @param on whether a gradient is wanted
  /// @return this
  /// @throws IllegalStateException if this is the result of a recorded operation and `on` is false;
  ///   use [#detach()]
  /// @throws DTypeException if the dtype is not a floating one
  public final Tensor requiresGrad_(boolean on) {
    Gradient.want(this, on);
    return this;
  }

  /// Whether this tensor was not made by a recorded operation.
  ///
  /// @return true for parameters, data and everything made without recording
  public final boolean isLeaf() {
    Node now = node();
    return now == null || now.leaf() != null;
  }

  /// The gradient that backward accumulated here since [#zeroGrad()]; it lives as long as this
  /// tensor and its memory is reused.
  ///
  /// @return null before the first backward
  public final @Nullable Tensor grad() {
    return gradient == null ? null : gradient.get();
  }

  /// Forgets the gradient, but keeps its memory for the next backward.
  public final void zeroGrad() {
    if (gradient != null) {
      gradient.clear();
    }
  }

  /// A view of the same memory that takes no part in the graph.
  ///
  /// @return a tensor without gradient
  public final Tensor detach() {
    return new Tensor(this);
  }

  /// Accumulates the gradient of this scalar in every leaf that it was computed from.
  ///
  /// @throws ShapeException if this has more than one element
  public final void backward() {
    backward(null);
  }

  /// As [#backward(Tensor, boolean, boolean)], freeing the graph and recording nothing.
  ///
  /// @param g gradient of the loss with respect to this tensor, in its shape; null means 1
  public final void backward(@Nullable Tensor g) {
    backward(g, false, false);
  }

  /// Accumulates gradients in every leaf that this tensor was computed from.
  ///
  /// @param g gradient of the loss with respect to this tensor, in its shape; null means 1 for a
  ///   scalar
  /// @param retainGraph keeps what was saved for a further backward
  /// @param createGraph records the backward, for gradients of gradients
  /// @throws IllegalStateException if this needs no gradient, the graph was freed, or a saved
  ///   tensor was changed in place since
  public final void backward(@Nullable Tensor g, boolean retainGraph, boolean createGraph) {
    GradOptions options = g == null ? new GradOptions() : new GradOptions().gradOutputs(g);
    options = retainGraph ? options.retainGraph() : options;
    Backward.accumulate(List.of(this), createGraph ? options.createGraph() : options);
  }

  // Lifetime

  /// Hands this tensor to the scope that encloses its own, or to the garbage collector when there
  /// is none. Views of it go along.
  ///
  /// @return this
  public final Tensor keep() {
    storage.keep();
    return this;
  }

  /// Takes this tensor out of its scope, so that another thread can take it up. Nothing is copied;
  /// until then it cannot be used.
  ///
  /// @return what to pass to the other thread
  public final HandOver handOver() {
    return HandOver.of(this);
  }

  /// A copy in a lifetime of its own, usable from every thread until [#free()] or until nobody
  /// refers to it. It takes no part in the graph.
  ///
  /// @return a contiguous tensor
  public final Tensor shared() {
    Tensor copy = Raw.over(Storage.allocateShared(numel * dtype.byteSize()), dtype, shape);
    Raw.copy(this, copy);
    return copy;
  }

  /// Whether the memory is in a shared lifetime.
  ///
  /// @return false for memory of a scope
  public final boolean isShared() {
    return storage.isShared();
  }

  /// Gives the memory, and that of the gradient, back now; later use of this tensor or of a view of
  /// it is an exception.
  public final void free() {
    storage.free();
    if (gradient != null) {
      gradient.free();
      gradient = null;
    }
  }
}

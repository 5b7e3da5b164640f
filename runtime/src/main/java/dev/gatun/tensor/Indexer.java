package dev.gatun.tensor;

import dev.gatun.kernel.IndexKernels;
import dev.gatun.memory.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// An indexing expression applied to a tensor: first a view for everything that can be one, then
/// the rows of it that tensors and masks pick.
///
/// Neighbouring dimensions that are indexed by tensors are seen as one, with row-major positions in
/// it, so that one kernel picks whole rows whatever the number of tensors.
final class Indexer {
  private final String op;
  private final Tensor x;
  private Tensor view;
  private int dim; // of the view, the next one to be indexed
  private int source; // of x, likewise
  private final List<Pick> picks = new ArrayList<>();

  /// Row-major positions in `span` dimensions of the view from `dim` on, taken as one.
  private record Pick(int dim, int span, Tensor positions) {}

  private Indexer(String op, Tensor x) {
    this.op = op;
    this.x = x;
    this.view = x;
  }

  static Indexer of(String op, Tensor x, Index... index) {
    Indexer indexer = new Indexer(op, x);
    int left = indexer.remaining(index);
    boolean seen = false;
    for (Index place : index) {
      switch (place) {
        case Index.Position(long value) -> indexer.position(value);
        case Index.Slice slice -> indexer.slice(slice);
        case Index.NewAxis _ -> indexer.newAxis();
        case Index.Positions(Tensor at) -> indexer.pick(Indexing.index(op, at));
        case Index.Mask(Tensor mask) -> indexer.mask(mask);
        case Index.Ellipsis _ -> {
          if (seen) {
            throw new IllegalArgumentException(op + ": only one ellipsis may be given");
          }
          seen = true;
          indexer.dim += left;
          indexer.source += left;
        }
      }
    }
    return indexer;
  }

  /// How many dimensions the places do not name.
  private int remaining(Index... index) {
    int named = 0;
    for (Index place : index) {
      named +=
          switch (place) {
            case Index.Position _, Index.Slice _, Index.Positions _ -> 1;
            case Index.Mask(Tensor mask) -> mask.shape.length;
            case Index.NewAxis _, Index.Ellipsis _ -> 0;
          };
    }
    if (named > x.shape.length) {
      throw new ShapeException(
          "%s: too many indices for shape %s (%d for %d dims)"
              .formatted(op, Shapes.format(x.shape), named, x.shape.length));
    }
    return x.shape.length - named;
  }

  private void position(long value) {
    long size = x.shape[source];
    if (value < -size || value >= size) {
      throw outOfRange(value, source);
    }
    view = view.select(dim, value);
    source++;
  }

  private IndexOutOfBoundsException outOfRange(long value, int at) {
    long size = x.shape[at];
    return new IndexOutOfBoundsException(
        "%s: index %d out of range for shape %s (dim %d: expected %d..%d)"
            .formatted(op, value, Shapes.format(x.shape), at, -size, size - 1));
  }

  private void slice(Index.Slice slice) {
    long size = x.shape[source++];
    Movement.Narrow part = Shapes.slice(op, size, slice.start(), slice.end(), slice.step(), dim++);
    if (part.length() != size) {
      view = part.apply(view);
    }
  }

  private void newAxis() {
    view = view.unsqueeze(dim++);
  }

  private void pick(Tensor at) {
    long size = x.shape[source];
    Tensor index = Raw.contiguous(at);
    Tensor wrapped = Raw.empty(op, DType.I64, index.shape);
    long bad = IndexKernels.wrap(Indexing.read(index), index.numel, size, Indexing.write(wrapped));
    if (bad >= 0) {
      throw outOfRange(index.view(-1).narrow(0, bad, 1).toLongArray()[0], source);
    }
    source++;
    add(1, wrapped);
  }

  private void add(int span, Tensor positions) {
    picks.add(new Pick(dim, span, positions));
    dim += span;
  }

  private void mask(Tensor mask) {
    if (mask.shape.length == 0) {
      // One yes or no for everything: a new dimension of size 1 or 0.
      view = view.unsqueeze(dim);
      add(1, Masking.places(mask));
      return;
    }
    for (int i = 0; i < mask.shape.length; i++) {
      if (mask.shape[i] != x.shape[source + i]) {
        throw new ShapeException(
            "%s: mask %s does not fit shape %s (dim %d: %d vs %d)"
                .formatted(
                    op,
                    Shapes.format(mask.shape),
                    Shapes.format(x.shape),
                    source + i,
                    mask.shape[i],
                    x.shape[source + i]));
      }
    }
    source += mask.shape.length;
    add(mask.shape.length, Masking.places(mask));
  }

  /// Whether nothing has to be copied.
  boolean isView() {
    return picks.isEmpty();
  }

  Tensor view() {
    return view;
  }

  /// What the tensors pick out of the view.
  ///
  /// @param whole the view, with the picked dimensions next to each other
  /// @param rows the same with these as one
  /// @param dim which one
  /// @param positions in it, a vector
  /// @param shape of the result
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Picked(Tensor whole, Tensor rows, int dim, Tensor positions, long[] shape) {
    /// The shape of the result with the positions in one dimension.
    long[] dense() {
      return Shapes.with(rows.shape, dim, positions.numel);
    }
  }

  Picked picked() {
    long[] common = Shapes.SCALAR;
    int count = 0;
    for (Pick pick : picks) {
      common = Shapes.broadcast(op, common, pick.positions.shape);
      count += pick.span;
    }
    int first = picks.get(0).dim;
    Pick last = picks.get(picks.size() - 1);
    boolean together = last.dim + last.span - first == count;
    Tensor whole = together ? view : inFront(count);
    int start = together ? first : 0;
    Tensor places = positions(whole.shape, start).expand(common).reshape(-1);
    int behind = whole.shape.length - start - count;
    long[] rows = new long[start + 1 + behind];
    long[] shape = new long[start + common.length + behind];
    System.arraycopy(whole.shape, 0, rows, 0, start);
    System.arraycopy(whole.shape, 0, shape, 0, start);
    rows[start] = 1;
    for (int d = start; d < start + count; d++) {
      rows[start] *= whole.shape[d];
    }
    System.arraycopy(common, 0, shape, start, common.length);
    System.arraycopy(whole.shape, start + count, rows, start + 1, behind);
    System.arraycopy(whole.shape, start + count, shape, start + common.length, behind);
    return new Picked(whole, count == 1 ? whole : whole.reshape(rows), start, places, shape);
  }

  /// Row-major positions in all picked dimensions, which stand from `start` on.
  private Tensor positions(long[] shape, int start) {
    Tensor flat = picks.get(0).positions;
    int next = start + picks.get(0).span;
    for (Pick pick : picks.subList(1, picks.size())) {
      long size = 1;
      for (int end = next + pick.span; next < end; next++) {
        size *= shape[next];
      }
      flat = flat.mul(size).add(pick.positions);
    }
    return flat;
  }

  /// The view with the picked dimensions in front.
  private Tensor inFront(int count) {
    int[] order = new int[view.shape.length];
    int front = 0;
    int behind = count;
    Iterator<Pick> rest = picks.iterator();
    Pick next = rest.next();
    for (int d = 0; d < order.length; d++) {
      if (next.dim <= d && d < next.dim + next.span) {
        order[front++] = d;
        if (d == next.dim + next.span - 1 && rest.hasNext()) {
          next = rest.next();
        }
      } else {
        order[behind++] = d;
      }
    }
    return view.permute(order);
  }

  Tensor get() {
    if (isView()) {
      return view;
    }
    Picked part = picked();
    return new Indexing.IndexSelect(part.dim).apply(part.rows, part.positions).view(part.shape);
  }

  /// Overwrites, or adds to, what the expression stands for.
  void put(Tensor value, boolean add) {
    if (isView()) {
      Tensor source = fitted(value, view.shape);
      if (add) {
        Tensor _ = view.add_(source);
      } else {
        Tensor _ = view.copy_(source);
      }
      return;
    }
    Picked part = picked();
    Tensor source = fitted(value, part.shape).reshape(part.dense());
    if (part.rows.storage == x.storage) {
      Tensor _ = put(part, source, add);
    } else {
      // No view has the picked dimensions as one: they are changed apart and copied back.
      Op.Variadic op = add ? new Scatters.IndexAdd(part.dim) : new Scatters.IndexCopy(part.dim);
      Tensor changed = op.apply(part.rows, part.positions, source);
      Tensor _ = part.whole.copy_(changed.view(part.whole.shape));
    }
  }

  private Tensor put(Picked part, Tensor source, boolean add) {
    return add
        ? part.rows.indexAdd_(part.dim, part.positions, source)
        : part.rows.indexCopy_(part.dim, part.positions, source);
  }

  /// The value in the shape that it is put into; leading dims of size 1 are left out.
  private Tensor fitted(Tensor value, long[] shape) {
    Tensor source = value;
    while (source.shape.length > shape.length && source.shape[0] == 1) {
      source = source.select(0, 0);
    }
    if (source.shape.length > shape.length
        || !Arrays.equals(Shapes.broadcast(op, shape, source.shape), shape)) {
      throw new ShapeException(
          "%s: value %s does not broadcast to %s, which is indexed"
              .formatted(op, Shapes.format(value.shape), Shapes.format(shape)));
    }
    return source.to(x.dtype).expand(shape);
  }
}

package dev.gatun.tensor;

import dev.gatun.kernel.IndexKernels;
import dev.gatun.memory.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  private final List<Integer> picked = new ArrayList<>();
  private final List<Tensor> positions = new ArrayList<>();

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
    Movement.Narrow part =
        Shapes.slice(op, size, slice.start(), slice.end(), slice.step(), dim++);
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
    long bad =
        IndexKernels.wrap(Indexing.read(index), index.numel, size, Indexing.write(wrapped));
    if (bad >= 0) {
      throw outOfRange(index.view(-1).narrow(0, bad, 1).toLongArray()[0], source);
    }
    source++;
    add(wrapped);
  }

  private void add(Tensor positionsOfDim) {
    picked.add(dim++);
    positions.add(positionsOfDim);
  }

  private void mask(Tensor mask) {
    if (mask.shape.length == 0) {
      // One yes or no for everything: a new dimension of size 1 or 0.
      view = view.unsqueeze(dim);
      add(Masking.places(mask));
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
    for (Tensor at : mask.nonzeroTuple()) {
      add(at);
    }
  }

  /// Whether nothing has to be copied.
  boolean isView() {
    return picked.isEmpty();
  }

  Tensor view() {
    return view;
  }

  /// What the tensors pick out of the view: dims before them, one dim of rows, dims behind.
  record Picked(Tensor rows, int dim, Tensor positions, long[] shape) {}

  Picked picked() {
    long[] common = Shapes.SCALAR;
    for (Tensor at : positions) {
      common = Shapes.broadcast(op, common, at.shape);
    }
    int count = picked.size();
    int first = picked.get(0);
    boolean together = picked.get(count - 1) - first == count - 1;
    Tensor source = together ? view : inFront();
    int start = together ? first : 0;
    long[] sizes = new long[count];
    @Nullable Tensor flat = null;
    for (int i = 0; i < count; i++) {
      sizes[i] = source.shape[start + i];
      Tensor at = positions.get(i);
      flat = flat == null ? at : flat.mul(sizes[i]).add(at);
    }
    Tensor places = Objects.requireNonNull(flat).expand(common).reshape(-1);
    long[] whole = source.shape;
    long[] rows = new long[whole.length - count + 1];
    long[] shape = new long[whole.length - count + common.length];
    System.arraycopy(whole, 0, rows, 0, start);
    System.arraycopy(whole, 0, shape, 0, start);
    rows[start] = Shapes.numel(op, sizes);
    System.arraycopy(common, 0, shape, start, common.length);
    int behind = whole.length - start - count;
    System.arraycopy(whole, start + count, rows, start + 1, behind);
    System.arraycopy(whole, start + count, shape, start + common.length, behind);
    return new Picked(count == 1 ? source : source.reshape(rows), start, places, shape);
  }

  /// The view with the picked dimensions in front.
  private Tensor inFront() {
    int[] order = new int[view.shape.length];
    int next = 0;
    for (int dimension : picked) {
      order[next++] = dimension;
    }
    for (int d = 0; d < order.length; d++) {
      if (!picked.contains(d)) {
        order[next++] = d;
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
}

package dev.gatun.tensor;

import java.util.Arrays;

/// Where the elements of a view stand among those of its base.
///
/// @param shape of the view
/// @param strides of the view
/// @param offset of the view's first element from the base's
/// @param baseShape of the base
/// @param baseStrides of the base
record Geometry(Size shape, Size strides, long offset, Size baseShape, Size baseStrides) {
  static Geometry of(Tensor base, Tensor view) {
    return new Geometry(
        Size.of(view.shape),
        Size.of(view.strides),
        view.offset - base.offset,
        Size.of(base.shape),
        Size.of(base.strides));
  }

  /// The view of a tensor that is laid out as the base is.
  Tensor in(Tensor laidOut) {
    return Raw.view(laidOut, shape.values(), strides.values(), laidOut.offset + offset);
  }

  /// `x`, of the shape of the base, laid out as the base is: itself where it is so already.
  Tensor laidOut(Tensor x) {
    boolean same = isContiguous() ? x.contiguous : Arrays.equals(x.strides, baseStrides.values());
    return same ? x : copied(x);
  }

  /// A copy of `x`, of the shape of the base, that is laid out as the base is.
  Tensor copied(Tensor x) {
    if (isContiguous()) {
      return Raw.copy(x);
    }
    Tensor y = zeros(x);
    Raw.copy(x, y);
    return y;
  }

  /// Zeros of the dtype of `x`, in the shape and layout of the base.
  private Tensor zeros(Tensor x) {
    return isContiguous()
        ? Tensor.zeros(x.dtype, baseShape.values())
        : inLayout(Tensor.zeros(x.dtype, span()));
  }

  private boolean isContiguous() {
    return Shapes.isContiguous(baseShape.values(), baseStrides.values());
  }

  private Tensor inLayout(Tensor flat) {
    return Raw.view(flat, baseShape.values(), baseStrides.values(), 0);
  }

  /// The sum of what `x`, of the shape of the view, has for each element of the base.
  Tensor summed(Tensor x) {
    if (isDistinct()) {
      Tensor y = zeros(x);
      Raw.copy(x, in(y));
      return y;
    }
    // Several elements of the view may be one of the base: added up by position.
    Tensor places = Tensor.arange(span());
    Tensor at = Raw.view(places, shape.values(), strides.values(), offset);
    return inLayout(new Indexing.IndexAdd(0, span()).forward(flat(x), flat(at)));
  }

  private static Tensor flat(Tensor x) {
    Tensor rows = Raw.contiguous(x);
    return Raw.view(rows, new long[] {x.numel}, new long[] {1}, rows.offset);
  }

  /// How many elements there are from the first to the last of the base.
  private long span() {
    long[] sizes = baseShape.values();
    long[] steps = baseStrides.values();
    long last = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0) {
        return 0;
      }
      last += (sizes[i] - 1) * steps[i];
    }
    return last + 1;
  }

  private boolean isDistinct() {
    return isDistinct(shape.values(), strides.values());
  }

  /// Whether no two positions are one element, as far as the strides tell: each is larger than what
  /// the smaller ones reach together.
  static boolean isDistinct(long[] shape, long[] strides) {
    Integer[] order = new Integer[shape.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(strides[a], strides[b]));
    long reach = 0;
    for (int i : order) {
      if (shape[i] == 0) {
        return true;
      }
      if (shape[i] > 1) {
        if (strides[i] <= reach) {
          return false;
        }
        reach += (shape[i] - 1) * strides[i];
      }
    }
    return true;
  }
}

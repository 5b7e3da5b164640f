package dev.gatun.tensor;

import java.util.Arrays;

/// Arithmetic on shapes and strides, both in elements. Every error names the operation it is for.
final class Shapes {
  static final long[] SCALAR = {};

  private Shapes() {}

  static String format(long[] shape) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < shape.length; i++) {
      text.append(i == 0 ? "" : ",").append(shape[i]);
    }
    return text.append(']').toString();
  }

  /// Number of elements; negative sizes and products beyond a `long` are errors.
  static long numel(String op, long[] shape) {
    long n = 1;
    boolean overflow = false;
    boolean empty = false;
    for (long size : shape) {
      if (size < 0) {
        throw new ShapeException(op + ": negative size in shape " + format(shape));
      }
      empty |= size == 0;
      overflow |= Math.multiplyHigh(n, size) != 0 || n * size < 0;
      n *= size;
    }
    if (empty) {
      return 0;
    }
    if (overflow) {
      throw new ShapeException(op + ": more than 2^63 elements in shape " + format(shape));
    }
    return n;
  }

  static long[] contiguousStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(shape[i], 1);
    }
    return strides;
  }

  /// Those of a contiguous tensor of the shape of `x`: its own ones where they are just these.
  static long[] contiguousStrides(Tensor x) {
    long stride = 1;
    for (int i = x.shape.length - 1; i >= 0; i--) {
      if (x.strides[i] != stride) {
        return contiguousStrides(x.shape);
      }
      stride *= Math.max(x.shape[i], 1);
    }
    return x.strides;
  }

  static boolean isContiguous(long[] shape, long[] strides) {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] == 0) {
        return true;
      }
      if (shape[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }

  /// The dimension `dim` counted from the front; -1 is the last, as in PyTorch.
  static int dim(String op, int dim, long[] shape) {
    return dim(op, dim, shape.length, shape);
  }

  /// As [#dim(String, int, long[])], of a shape that has dimensions.
  static int axis(String op, int dim, long[] shape) {
    if (shape.length == 0) {
      throw new ShapeException(op + ": a scalar has no dimensions");
    }
    return dim(op, dim, shape);
  }

  static void requireRank(String op, long[] shape, int least) {
    if (shape.length < least) {
      throw new ShapeException(
          "%s: needs at least %d dims, got shape %s".formatted(op, least, format(shape)));
    }
  }

  /// As [#dim(String, int, long[])] with `rank` places to choose from, for operations that insert.
  static int dim(String op, int dim, int rank, long[] shape) {
    int places = Math.max(rank, 1);
    if (dim < -places || dim >= places) {
      throw new ShapeException(
          "%s: dim %d out of range for shape %s (expected %d..%d)"
              .formatted(op, dim, format(shape), -places, places - 1));
    }
    return dim < 0 ? dim + places : dim;
  }

  /// The dimensions of `dims`, counted from the front, each once, ascending; none given means all.
  static long[] dims(String op, int[] dims, long[] shape) {
    if (dims.length == 0) {
      long[] all = new long[shape.length];
      Arrays.setAll(all, i -> i);
      return all;
    }
    long[] normal = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      normal[i] = dim(op, dims[i], shape);
    }
    Arrays.sort(normal);
    for (int i = 1; i < normal.length; i++) {
      if (normal[i] == normal[i - 1]) {
        throw new ShapeException(
            "%s: dim %d given twice for shape %s".formatted(op, normal[i], format(shape)));
      }
    }
    return shape.length == 0 ? SCALAR : normal;
  }

  /// The common shape of two operands, by NumPy's broadcasting rule.
  static long[] broadcast(String op, long[] a, long[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int rank = Math.max(a.length, b.length);
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      long x = i < rank - a.length ? 1 : a[i - rank + a.length];
      long y = i < rank - b.length ? 1 : b[i - rank + b.length];
      if (x != y && x != 1 && y != 1) {
        throw new ShapeException(
            "%s: shapes do not broadcast: %s and %s (dim %d: %d vs %d)"
                .formatted(op, format(a), format(b), i, x, y));
      }
      shape[i] = x == 1 ? y : x;
    }
    return shape;
  }

  /// The strides with which `t` is read as `shape`: 0 along every dimension it is repeated in.
  static long[] broadcastStrides(Tensor t, long[] shape) {
    if (Arrays.equals(t.shape, shape)) {
      return t.strides;
    }
    long[] strides = new long[shape.length];
    int shift = shape.length - t.shape.length;
    for (int i = 0; i < t.shape.length; i++) {
      strides[i + shift] = t.shape[i] == 1 && shape[i + shift] != 1 ? 0 : t.strides[i];
    }
    return strides;
  }

  /// `shape` without the dimensions `dims` (ascending), or with size 1 in their place.
  static long[] reduce(long[] shape, long[] dims, boolean keepdim) {
    long[] result = new long[keepdim ? shape.length : shape.length - dims.length];
    int next = 0;
    int out = 0;
    for (int i = 0; i < shape.length; i++) {
      boolean reduced = next < dims.length && dims[next] == i;
      if (reduced) {
        next++;
      }
      if (!reduced || keepdim) {
        result[out++] = reduced ? 1 : shape[i];
      }
    }
    return result;
  }

  /// Fills in the one size given as -1, and checks that the element counts agree.
  static long[] infer(String op, long[] from, long numel, long[] to) {
    long[] shape = to.clone();
    int unknown = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == -1) {
        if (unknown >= 0) {
          throw new ShapeException(op + ": at most one size may be -1: " + format(to));
        }
        unknown = i;
        shape[i] = 1;
      }
    }
    long known = numel(op, shape);
    if (unknown >= 0 && known > 0 && numel % known == 0) {
      shape[unknown] = numel / known;
    } else if (unknown >= 0 || known != numel) {
      throw new ShapeException(
          "%s: cannot view %s (%d elements) as %s%s"
              .formatted(
                  op, format(from), numel, format(to), unknown < 0 ? " (" + known + ")" : ""));
    }
    return shape;
  }

  static long[] insert(long[] values, int at, long value) {
    long[] result = new long[values.length + 1];
    System.arraycopy(values, 0, result, 0, at);
    result[at] = value;
    System.arraycopy(values, at, result, at + 1, values.length - at);
    return result;
  }

  static long[] remove(long[] values, int at) {
    long[] result = new long[values.length - 1];
    System.arraycopy(values, 0, result, 0, at);
    System.arraycopy(values, at + 1, result, at, result.length - at);
    return result;
  }

  static long[] with(long[] values, int at, long value) {
    long[] result = values.clone();
    result[at] = value;
    return result;
  }

  /// Python's `start:end:step` along `dim` of size `size`.
  static Movement.Narrow slice(String op, long size, long start, long end, long step, int dim) {
    if (step < 1) {
      throw new IllegalArgumentException(
          "%s: step must be at least 1: %d; use flip() for the opposite order".formatted(op, step));
    }
    long from = Math.clamp(start < 0 ? start + size : start, 0, size);
    long to = Math.clamp(end < 0 ? end + size : end, from, size);
    return new Movement.Narrow(dim, from, (to - from + step - 1) / step, step);
  }
}

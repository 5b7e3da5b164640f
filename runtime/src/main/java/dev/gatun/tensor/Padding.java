package dev.gatun.tensor;

import java.util.Arrays;

/// What stands around a padded tensor.
///
/// Dimensions are padded one after the other: what was added along one is part of what the next one
/// reads. Backward goes the opposite way and adds each edge to where it was read.
final class Padding {
  private Padding() {}

  /// `x` with `before[d]` and `after[d]` more positions along each dim, none of them negative.
  record Pad(PadMode mode, double value, Size before, Size after) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long[] shape = x.shape.clone();
      for (int d = 0; d < shape.length; d++) {
        shape[d] += before.values()[d] + after.values()[d];
      }
      Tensor y = Raw.empty("pad", x.dtype, shape);
      Raw.copy(x, middle(y, x.shape, 0));
      for (int d = 0; d < shape.length; d++) {
        Tensor rows = middle(y, x.shape, d + 1);
        fill(rows, d, x.shape[d], true);
        fill(rows, d, x.shape[d], false);
      }
      return y;
    }

    private void fill(Tensor rows, int dim, long size, boolean front) {
      long n = front ? before.values()[dim] : after.values()[dim];
      if (n == 0) {
        return;
      }
      Tensor edge = edge(rows, dim, size, front);
      Raw.copy(
          mode == PadMode.CONSTANT
              ? Tensor.scalar(rows.dtype, value)
              : source(rows, dim, size, front),
          edge);
    }

    /// `y` without what is added along the dims from `from` on.
    private Tensor middle(Tensor y, long[] shape, int from) {
      Tensor part = y;
      for (int d = from; d < shape.length; d++) {
        part = Rearranging.part(part, d, before.values()[d], shape[d]);
      }
      return part;
    }

    private Tensor edge(Tensor rows, int dim, long size, boolean front) {
      long left = before.values()[dim];
      return front
          ? Rearranging.part(rows, dim, 0, left)
          : Rearranging.part(rows, dim, left + size, after.values()[dim]);
    }

    /// Where an edge is read from, seen in the shape of the edge.
    private Tensor source(Tensor rows, int dim, long size, boolean front) {
      long left = before.values()[dim];
      long n = front ? left : after.values()[dim];
      return switch (mode) {
        case REFLECT ->
            Movement.backwards(
                Rearranging.part(rows, dim, front ? left + 1 : left + size - 1 - n, n), dim);
        case REPLICATE -> {
          Tensor last = Rearranging.part(rows, dim, front ? left : left + size - 1, 1);
          yield Raw.expand(last, Shapes.with(rows.shape, dim, n));
        }
        case CIRCULAR, CONSTANT -> Rearranging.part(rows, dim, front ? left + size - n : left, n);
      };
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new PadBack(this, Size.of(node.shape(0))).apply(g);
    }
  }

  /// The sum of `x` over all places that an element was padded to: undoes [Pad].
  record PadBack(Pad pad, Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long[] to = shape.values();
      if (pad.mode == PadMode.CONSTANT) {
        return Raw.copy(pad.middle(x, to, 0));
      }
      Tensor sums = Raw.copyAs(x, Scatters.wide(x.dtype));
      for (int d = to.length - 1; d >= 0; d--) {
        Tensor rows = pad.middle(sums, to, d + 1);
        fold(rows, d, to[d], true);
        fold(rows, d, to[d], false);
      }
      Tensor middle = pad.middle(sums, to, 0);
      return Raw.copyAs(middle, x.dtype);
    }

    private void fold(Tensor rows, int dim, long size, boolean front) {
      Tensor edge = pad.edge(rows, dim, size, front);
      if (edge.numel == 0) {
        return;
      }
      if (pad.mode == PadMode.REPLICATE) {
        Tensor sum = new Reductions.Sum(Size.of(dim), true).forward(edge);
        long left = pad.before.values()[dim];
        Rearranging.add(sum, Rearranging.part(rows, dim, front ? left : left + size - 1, 1));
      } else {
        Rearranging.add(edge, pad.source(rows, dim, size, front));
      }
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      // What is constant does not depend on the element it stands beside.
      return new Pad(pad.mode, 0, pad.before, pad.after).apply(g);
    }
  }

  static Tensor pad(Tensor x, PadMode mode, double value, long[] pads) {
    int rank = x.shape.length;
    if (pads.length % 2 != 0 || pads.length > 2 * rank) {
      throw new ShapeException(
          "pad: needs pairs for at most %d dims, the last dim first, got %s for shape %s"
              .formatted(rank, Shapes.format(pads), Shapes.format(x.shape)));
    }
    long[] before = new long[rank];
    long[] after = new long[rank];
    Tensor part = x;
    for (int i = 0; i < pads.length / 2; i++) {
      int dim = rank - 1 - i;
      before[dim] = Math.max(0, pads[2 * i]);
      after[dim] = Math.max(0, pads[2 * i + 1]);
      long start = Math.max(0, -pads[2 * i]);
      long left = x.shape[dim] - start - Math.max(0, -pads[2 * i + 1]);
      if (left < 0 || before[dim] > limit(mode, left) || after[dim] > limit(mode, left)) {
        throw new ShapeException(
            "pad: %s of %s does not fit shape %s (dim %d: %d)"
                .formatted(mode, Shapes.format(pads), Shapes.format(x.shape), dim, x.shape[dim]));
      }
      if (left != part.shape[dim]) {
        part = part.narrow(dim, start, left);
      }
    }
    if (Arrays.stream(before).allMatch(n -> n == 0) && Arrays.stream(after).allMatch(n -> n == 0)) {
      return part.copy();
    }
    return new Pad(mode, value, Size.of(before), Size.of(after)).apply(part);
  }

  /// How many positions a side can have beside `size`.
  private static long limit(PadMode mode, long size) {
    return switch (mode) {
      case CONSTANT -> Long.MAX_VALUE;
      case REFLECT -> Math.max(0, size - 1);
      case REPLICATE -> size == 0 ? 0 : Long.MAX_VALUE;
      case CIRCULAR -> size;
    };
  }
}

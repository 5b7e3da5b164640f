package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.TriangleKernels;
import dev.gatun.memory.DType;

/// Operations that copy elements to other places.
final class Rearranging {
  private Rearranging() {}

  /// `y[(i + shift) mod n] = x[i]` along each of `dims`.
  record Roll(Size shifts, Size dims) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Raw.emptyLike(x);
      blocks(x, y, 0);
      return y;
    }

    /// What is before and what is behind the turn goes each in one piece.
    private void blocks(Tensor x, Tensor y, int i) {
      if (i == dims.values().length) {
        Raw.copy(x, y);
        return;
      }
      int dim = (int) dims.values()[i];
      long size = x.shape[dim];
      long shift = size == 0 ? 0 : Math.floorMod(shifts.values()[i], size);
      if (shift == 0) {
        blocks(x, y, i + 1);
        return;
      }
      blocks(part(x, dim, 0, size - shift), part(y, dim, shift, size - shift), i + 1);
      blocks(part(x, dim, size - shift, shift), part(y, dim, 0, shift), i + 1);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      long[] back = shifts.values().clone();
      for (int i = 0; i < back.length; i++) {
        back[i] = -back[i];
      }
      return new Roll(Size.of(back), dims).apply(g);
    }
  }

  /// Every slice along `dim`, `times` times in a row.
  record RepeatEach(int dim, long times) implements Op.Unary {
    /// Rows of fewer elements are written all firsts, all seconds, and so on.
    private static final long SHORT = 16;

    @Override
    public Tensor forward(Tensor x) {
      long[] shape = Shapes.with(x.shape, dim, x.shape[dim] * times);
      Tensor y = Raw.empty("repeatInterleave", x.dtype, shape);
      if (y.numel > 0 && times * y.strides[dim] < SHORT) {
        for (long i = 0; i < times; i++) {
          Raw.copy(x, new Movement.Narrow(dim, i, x.shape[dim], times).forward(y));
        }
      } else {
        long[] apart = Shapes.insert(x.shape, dim + 1, times);
        long[] steps = Shapes.insert(x.strides, dim + 1, 0);
        Tensor repeated = Raw.view(x, apart, steps, x.offset);
        Raw.copy(repeated, Raw.view(y, apart, Shapes.contiguousStrides(apart), 0));
      }
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.unflatten(dim, node.shape(0)[dim], times).sum(dim + 1);
    }
  }

  /// The elements of the last two dimensions above (`upper`) or below the diagonal `shift`, which
  /// is among them, and 0 elsewhere.
  record Triangle(boolean upper, long shift) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      Tensor y = Raw.emptyLike(x);
      write(Raw.contiguous(x), y);
      return y;
    }

    /// Both contiguous; they may be the same.
    void write(Tensor from, Tensor y) {
      long columns = y.shape[y.shape.length - 1];
      long rows = y.shape[y.shape.length - 2];
      TriangleKernels.copy(
          y.dtype,
          upper,
          shift,
          rows,
          columns,
          y.numel == 0 ? 0 : y.numel / (rows * columns),
          Indexing.read(from),
          Indexing.write(y));
    }

    @Override
    public String opName() {
      return upper ? "triu" : "tril";
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return apply(g);
    }
  }

  /// `y[..., i, ..., j] = x[..., i step + j, ...]`, a view.
  record Unfold(int dim, long size, long step) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long windows = (x.shape[dim] - size) / step + 1;
      long stride = x.strides[dim];
      return Raw.view(
          x,
          Shapes.insert(Shapes.with(x.shape, dim, windows), x.shape.length, size),
          Shapes.insert(Shapes.with(x.strides, dim, stride * step), x.shape.length, stride),
          x.offset);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new UnfoldBack(this, node.shape(0)[dim]).apply(g);
    }
  }

  /// The sum of all windows that an element was in: undoes [Unfold].
  record UnfoldBack(Unfold unfold, long length) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      int last = x.shape.length - 1;
      int dim = unfold.dim;
      Tensor wide = Raw.as(x, Scatters.wide(x.dtype));
      long[] shape = Shapes.with(Shapes.remove(x.shape, last), dim, length);
      Tensor y = Tensor.zeros(wide.dtype, shape);
      long windows = x.shape[dim];
      // Window by window, or the same place of all windows at once: whichever takes fewer steps.
      if (windows < unfold.size) {
        for (long i = 0; i < windows; i++) {
          Tensor window = part(wide, dim, i, 1);
          Tensor turned = Movement.swapped(last + 1, dim, last).forward(window);
          add(
              Raw.view(
                  turned,
                  Shapes.remove(turned.shape, last),
                  Shapes.remove(turned.strides, last),
                  turned.offset),
              part(y, dim, i * unfold.step, unfold.size));
        }
      } else {
        for (long j = 0; j < unfold.size; j++) {
          Tensor place = part(wide, last, j, 1);
          Tensor to = new Movement.Narrow(dim, j, windows, unfold.step).forward(y);
          add(
              Raw.view(
                  place,
                  Shapes.remove(place.shape, last),
                  Shapes.remove(place.strides, last),
                  place.offset),
              to);
        }
      }
      return Raw.as(y, x.dtype);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return unfold.apply(g);
    }
  }

  /// A part of a tensor, outside of any graph.
  static Tensor part(Tensor x, int dim, long start, long length) {
    return new Movement.Narrow(dim, start, length).forward(x);
  }

  /// `y += x`, of one shape and a dtype that can be added.
  static void add(Tensor x, Tensor y) {
    DType dtype = y.dtype;
    Raw.binary(ArithmeticKernels.add(dtype), y, x, y);
  }
}

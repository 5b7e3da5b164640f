package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// What changes in place are recorded as, where the operation without underscore does not serve.
final class InPlaceRecords {
  private InPlaceRecords() {}

  /// `y` = a view of `x` that no method made, as PyTorch's `as_strided`.
  record AsStrided(Geometry at) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return at.in(at.laidOut(x));
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new Summed(at).apply(g);
    }
  }

  /// `y` = what `x`, of the shape of a view, has for each element of its base: undoes [AsStrided].
  record Summed(Geometry at) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return at.summed(x);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new AsStrided(at).apply(g);
    }
  }

  /// `y = a`, but `b` where the view stands.
  record Replaced(Geometry at) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Tensor y = at.copied(a);
      Raw.copy(b, at.in(y));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Replaced(at).apply(g, zeros(g, at.shape().values()));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(new AsStrided(at).apply(g), node.shape(1));
    }
  }

  /// A base of which a view was overwritten by the operation of `inner`. Elsewhere it is what it
  /// was.
  record CopySlices(Geometry at, Node inner) implements Op {
    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor slice = new AsStrided(at).apply(g);
      Tensor part = inner.operation().backward(i, inner, slice);
      return i == 0 ? new Replaced(at).apply(g, part) : part;
    }
  }

  /// `y = b`, converted to the dtype of `a`, which it overwrites.
  record CopyFrom(DType from) implements Op.Binary {
    @Override
    public Tensor forward(Tensor a, Tensor b) {
      Tensor y = Raw.emptyLike(a);
      Raw.copy(b, y);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return zeros(g, node.shape(0));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      Tensor own = g.dtype == from ? g : g.to(from);
      return Reductions.sumTo(own, node.shape(1));
    }
  }

  /// `y` = something that `x`, which it overwrites, has no part in.
  record Overwrite(String opName) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return zeros(g, node.shape(0));
    }
  }

  private static Tensor zeros(Tensor g, long[] shape) {
    return Raw.expand(Tensor.zeros(g.dtype), shape);
  }
}

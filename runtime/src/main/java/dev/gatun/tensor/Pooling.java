package dev.gatun.tensor;

import dev.gatun.kernel.PoolKernels;
import dev.gatun.kernel.PoolKernels.Problem;
import dev.gatun.kernel.Windows;
import dev.gatun.memory.DType;
import java.util.List;

/// Operations that join the elements of windows over the last one, two or three dimensions. What
/// stands before these is a row of planes that have nothing to do with each other.
final class Pooling {
  private Pooling() {}

  /// Windows over the planes of a tensor.
  ///
  /// @param dims how many of the last dimensions a plane has
  /// @param shape of the result
  record Plan(int dims, Windows d, Windows h, Windows w, double divisor, Size shape) {
    Problem problem(DType dtype) {
      long planes = 1;
      for (int i = 0; i < shape.values().length - dims; i++) {
        planes *= shape.values()[i];
      }
      return new Problem(dtype, planes, d, h, w, divisor);
    }
  }

  /// `y = max(x)` over windows; its inputs are where the largest elements stand in their plane, and
  /// `x`, which backward does not read.
  record MaxPool(Plan plan) implements Op {
    ValuesIndices apply(Tensor given, boolean indices) {
      boolean needed = indices || (given.requiresGrad() && Tape.isRecording());
      List<Tensor> made = Trace.several(this, () -> forward(given, needed), given);
      Tensor y = made.getFirst();
      Tensor places = made.getLast();
      return new ValuesIndices(needed ? Tape.record(this, y, places, given) : y, places);
    }

    private List<Tensor> forward(Tensor given, boolean needed) {
      Tensor x = Raw.contiguous(given);
      Tensor y = Raw.empty("maxPool", x.dtype, plan.shape.values());
      Tensor places =
          Raw.empty("maxPool", DType.I32, needed ? plan.shape.values() : new long[] {0});
      PoolKernels.max(
          plan.problem(x.dtype),
          Fused.readable(x),
          Fused.writable(y),
          needed ? Fused.writable(places) : null);
      return List.of(y, places);
    }

    @Override
    public Saves saves() {
      return Saves.FIRST_INPUT;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return new AtPlaces(plan.dims, Size.of(node.shape(1))).apply(node.input(0), g);
    }
  }

  /// Elements of planes added up at the places that I32 indices name, among zeros.
  record AtPlaces(int dims, Size shape) implements Op.Binary {
    @Override
    public Tensor forward(Tensor places, Tensor given) {
      Tensor x = Raw.contiguous(given);
      Tensor y = Raw.empty("maxPool", x.dtype, shape.values());
      PoolKernels.scatter(
          x.dtype,
          planes(y.shape, dims),
          Fused.readable(x),
          plane(x.shape, dims),
          Fused.readable(places),
          Fused.writable(y),
          plane(y.shape, dims));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.FIRST_INPUT;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      throw new IllegalStateException("maxPool: indices have no gradient");
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return new OfPlaces(dims).apply(node.input(0), g);
    }
  }

  /// The elements of planes that I32 indices name: the way back of [AtPlaces].
  record OfPlaces(int dims) implements Op.Binary {
    @Override
    public Tensor forward(Tensor places, Tensor given) {
      Tensor x = Raw.contiguous(given);
      Tensor y = Raw.empty("maxPool", x.dtype, places.shape);
      PoolKernels.gather(
          x.dtype,
          planes(x.shape, dims),
          Fused.readable(x),
          plane(x.shape, dims),
          Fused.readable(places),
          Fused.writable(y),
          plane(y.shape, dims));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.FIRST_INPUT;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      throw new IllegalStateException("maxPool: indices have no gradient");
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return new AtPlaces(dims, Size.of(node.shape(1))).apply(node.input(0), g);
    }
  }

  /// `y = Σ x / divisor` over windows.
  record AvgPool(Plan plan) implements Op.Unary {
    @Override
    public Tensor forward(Tensor given) {
      Tensor x = Raw.contiguous(given);
      Tensor y = Raw.empty("avgPool", x.dtype, plan.shape.values());
      PoolKernels.average(plan.problem(x.dtype), Fused.readable(x), Fused.writable(y));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new AvgPoolBack(plan, Size.of(node.shape(0))).apply(g);
    }
  }

  /// Every element shared out among those that [AvgPool] made it of.
  record AvgPoolBack(Plan plan, Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor given) {
      Tensor g = Raw.contiguous(given);
      Tensor dx = Raw.empty("avgPool", g.dtype, shape.values());
      PoolKernels.spread(plan.problem(g.dtype), Fused.readable(g), Fused.writable(dx));
      return dx;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new AvgPool(plan).apply(g);
    }
  }

  private static long planes(long[] shape, int dims) {
    long planes = 1;
    for (int i = 0; i < shape.length - dims; i++) {
      planes *= shape[i];
    }
    return planes;
  }

  private static int plane(long[] shape, int dims) {
    long n = 1;
    for (int i = shape.length - dims; i < shape.length; i++) {
      n *= shape[i];
    }
    return Math.toIntExact(n);
  }
}

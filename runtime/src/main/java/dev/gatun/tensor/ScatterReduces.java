package dev.gatun.tensor;

import dev.gatun.kernel.Scattering;
import dev.gatun.memory.DType;

/// Scatters that combine what goes to one place.
final class ScatterReduces {
  private ScatterReduces() {}

  /// `y = x; y[index[i][j]][j] = reduction(y[index[i][j]][j], source[i][j])` along `dim`
  record ScatterReduce(ScatterReduction reduction, int dim, boolean includeSelf)
      implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor index = inputs[1];
      Tensor y = Raw.copyAs(x, Scatters.wide(x.dtype));
      if (!includeSelf) {
        Scatters.into("scatterReduce", Scattering.SET, y, dim, index, start(y.dtype, inputs));
      }
      Scatters.into("scatterReduce", how(), y, dim, index, inputs[2]);
      if (reduction == ScatterReduction.MEAN) {
        Raw.copy(mean(y, index), y);
      }
      return Raw.as(y, x.dtype);
    }

    private Tensor mean(Tensor sums, Tensor index) {
      Tensor count = count(sums, index);
      return sums.dtype.isFloating() ? sums.div(count) : floorDiv(sums, count);
    }

    private static Tensor floorDiv(Tensor sums, Tensor count) {
      long[] values = sums.toLongArray();
      long[] by = count.toLongArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.floorDiv(values[i], by[i]);
      }
      return Tensor.of(values, sums.shape);
    }

    /// How many elements come together, at least 1.
    private Tensor count(Tensor like, Tensor index) {
      Tensor start = Tensor.full(like.dtype, includeSelf ? 1 : 0, like.shape);
      Tensor one = Tensor.scalar(like.dtype, 1).expand(index.shape);
      Scatters.into("scatterReduce", Scattering.ADD, start, dim, index, one);
      return start.maximum(Tensor.scalar(like.dtype, 1));
    }

    private Scattering how() {
      return switch (reduction) {
        case SUM, MEAN -> Scattering.ADD;
        case PROD -> Scattering.PROD;
        case AMAX -> Scattering.AMAX;
        case AMIN -> Scattering.AMIN;
      };
    }

    /// What stands where something will come, in place of what was there.
    private Tensor start(DType dtype, Tensor... inputs) {
      return switch (reduction) {
        case SUM, MEAN -> Tensor.scalar(dtype, 0).expand(inputs[1].shape);
        case PROD -> Tensor.scalar(dtype, 1).expand(inputs[1].shape);
        case AMAX, AMIN -> inputs[2]; // any of them
      };
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS_AND_OUTPUT;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor index = node.input(1);
      Tensor gx =
          switch (reduction) {
            case SUM -> i == 0 ? g : g.gather(dim, index);
            case MEAN -> {
              Tensor share = g.div(count(g, index));
              yield i == 0 ? share : share.gather(dim, index);
            }
            case PROD -> i == 0 ? productX(node, g) : productSource(node, g);
            case AMAX, AMIN -> extreme(i, node, g);
          };
      return i == 0 && !includeSelf ? gx.scatter(dim, index, 0) : gx;
    }

    /// Elements that are the extreme share the gradient.
    private Tensor extreme(int i, Node node, Tensor g) {
      Tensor index = node.input(1);
      Tensor y = node.output();
      Tensor xIs = node.input(0).eq(y).to(g.dtype).detach();
      if (!includeSelf) {
        xIs = xIs.scatter(dim, index, 0);
      }
      Tensor sourceIs = node.input(2).eq(y.gather(dim, index)).to(g.dtype).detach();
      Tensor many = xIs.scatterAdd(dim, index, sourceIs);
      Tensor one = Tensor.scalar(g.dtype, 1);
      Tensor share = g.div(many.maximum(one));
      return i == 0
          ? xIs.eq(0).logicalNot().to(g.dtype).mul(share)
          : sourceIs.mul(share.gather(dim, index));
    }

    /// `g` times the product of all that came to where each `x` is.
    private Tensor productX(Node node, Tensor g) {
      Tensor one = Tensor.scalar(g.dtype, 1).expand(node.shape(0));
      return g.mul(apply(one, node.input(1), node.input(2)));
    }

    /// `g y / source`; where one source alone is 0, `g` times the product of the others.
    private Tensor productSource(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor index = node.input(1);
      Tensor source = node.input(2);
      Tensor one = Tensor.scalar(g.dtype, 1);
      Tensor isZero = source.eq(0);
      Tensor zeros = Tensor.zeros(g.dtype, x.shape).scatterAdd(dim, index, isZero.to(g.dtype));
      Tensor alone = isZero.logicalAnd(zeros.gather(dim, index).eq(1));
      Tensor others = apply(x, index, Tensor.where(alone, one, source));
      Tensor safe = Tensor.where(isZero, one, source);
      Tensor divided = g.mul(node.output()).gather(dim, index).div(safe);
      return Tensor.where(alone, g.mul(others).gather(dim, index), divided);
    }
  }
}

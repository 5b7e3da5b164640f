package dev.gatun.tensor;

import static dev.gatun.tensor.Indexing.around;
import static dev.gatun.tensor.Indexing.check;
import static dev.gatun.tensor.Indexing.read;
import static dev.gatun.tensor.Indexing.write;

import dev.gatun.kernel.IndexKernels;
import dev.gatun.kernel.IndexedDim;
import dev.gatun.kernel.Scattering;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// Operations that put elements where an index says. Inputs are the tensor that is written over,
/// the index, and the source, in this order.
final class Scatters {
  private Scatters() {}

  /// `y = x; y[index[i][j]][j] = source[i][j]` along `dim`; where places repeat, the last one stays
  /// and all of them get its gradient, as in PyTorch.
  record Scatter(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return over(opName(), Scattering.SET, dim, inputs);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor index = node.input(1);
      return i == 0 ? new Scatter(dim).apply(g, index, zeros(g, index)) : g.gather(dim, index);
    }
  }

  /// `y = x; y[index[i][j]][j] += source[i][j]` along `dim`
  record ScatterAdd(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return over(opName(), Scattering.ADD, dim, inputs);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return i == 0 ? g : g.gather(dim, node.input(1));
    }
  }

  /// `y = x; y[index[i]] += source[i]` along `dim`
  record IndexAdd(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return slicesOver(opName(), true, dim, inputs);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return i == 0 ? g : g.indexSelect(dim, node.input(1)).view(node.shape(2));
    }
  }

  /// `y = x; y[index[i]] = source[i]` along `dim`
  record IndexCopy(int dim) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      return slicesOver(opName(), false, dim, inputs);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor index = node.input(1);
      if (i == 0) {
        Tensor none = Arithmetic.zeroLike(g).expand(Shapes.with(g.shape, dim, index.numel));
        return new IndexCopy(dim).apply(g, index, none);
      }
      return g.indexSelect(dim, index).view(node.shape(2));
    }
  }

  private static Tensor over(String op, Scattering how, int dim, Tensor... inputs) {
    return into(op, how, Raw.copy(inputs[0]), dim, inputs[1], inputs[2]);
  }

  private static Tensor slicesOver(String op, boolean add, int dim, Tensor... inputs) {
    return slicesInto(op, add, Raw.copy(inputs[0]), dim, inputs[1], inputs[2]);
  }

  /// `operand`, or a copy of it where it shares memory with `y`, which is overwritten.
  static Tensor apart(Tensor y, Tensor operand) {
    return operand.storage == y.storage ? Raw.copy(operand) : operand;
  }

  static Tensor zeros(Tensor like, Tensor index) {
    return Arithmetic.zeroLike(like).expand(index.shape);
  }

  /// Scatters into `y`, whatever its strides, and returns it.
  ///
  /// @param index I64, no larger than `y` but in `dim`
  /// @param source of the shape of the index
  static Tensor into(String op, Scattering how, Tensor y, int dim, Tensor index, Tensor source) {
    DType dtype = how == Scattering.SET ? y.dtype : wide(y.dtype);
    Tensor target = part(y, dim, index.shape);
    boolean direct = target.contiguous && dtype == y.dtype;
    Tensor sums = direct ? target : Raw.copyAs(target, dtype);
    IndexedDim around = around(index.shape, dim, y.shape[dim], index.shape[dim]);
    Tensor values = Raw.as(source, dtype);
    long bad = IndexKernels.scatter(how, dtype, around, read(values), read(index), write(sums));
    check(op, bad, index, y.shape, dim);
    if (!direct) {
      Raw.copy(sums, target);
    }
    return y;
  }

  /// Adds or copies whole slices of `source` into `y`, whatever its strides, and returns it.
  ///
  /// @param index I64, a vector
  /// @param source of the shape of `y` but in `dim`
  static Tensor slicesInto(String op, boolean add, Tensor y, int dim, Tensor index, Tensor source) {
    DType dtype = add ? wide(y.dtype) : y.dtype;
    boolean direct = y.contiguous && dtype == y.dtype;
    Tensor sums = direct ? y : Raw.copyAs(y, dtype);
    long size = y.shape.length == 0 ? 1 : y.shape[dim];
    IndexedDim around = around(y.shape, dim, size, index.numel);
    Tensor values = Raw.as(source, dtype);
    long bad =
        add
            ? IndexKernels.indexAdd(dtype, around, read(values), read(index), write(sums))
            : IndexKernels.indexCopy(dtype, around, read(values), read(index), write(sums));
    check(op, bad, index, y.shape.length == 0 ? new long[] {1} : y.shape, dim);
    if (!direct) {
      Raw.copy(sums, y);
    }
    return y;
  }

  /// The dtype that kernels combine elements in.
  static DType wide(DType dtype) {
    return switch (dtype) {
      case F32, BF16, F16 -> DType.F32;
      case F64 -> DType.F64;
      case I32, I64, U8, BOOL -> DType.I64;
    };
  }

  /// The part of `x` that an index of shape `to` reaches.
  static Tensor part(Tensor x, int dim, long[] to) {
    long[] shape = Shapes.with(to, dim, x.shape[dim]);
    return Arrays.equals(shape, x.shape) ? x : Raw.view(x, shape, x.strides, x.offset);
  }
}
